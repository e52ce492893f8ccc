import { describe, expect, test } from 'vitest'
import { addStep, connect, disconnect, setFlowInputs, setFlowOutputs, setMapping, setSetting } from '../edit/index.ts'
import { type Flow, type Mapping, stepOf } from '../model/index.ts'
import { chain, check, codes, constant, mend, merge, only, sample, select, withReceipt } from '../testing/trialCheck.ts'

const finished = sample('Send EmailList Flow, finished')

describe('inputs', () => {
  test.each<[string, Mapping | undefined]>([
    ['unset', undefined],
    ['null', { kind: 'null' }],
    ['ignored', { kind: 'ignore' }],
    ['an empty text', constant('')],
    ['an empty list', constant([])],
    ['an empty template', merge('')]
  ])('that are required may not be %s', (_, mapping) => {
    expect(only('input-unset', setMapping(finished, 'send-email-1', 'To', mapping))).toMatchObject({
      severity: 'error',
      step: 'send-email-1',
      field: 'To',
      message:
        '“To” of “Send Email 1” is required, but has no value. Choose where it comes from in the properties of the step.'
    })
  })

  test('that the settings hide are not looked at', () => {
    const document = setMapping(finished, 'email-address-list-1', 'List', select('steps.nowhere.Text'))
    expect(codes(document)).toEqual([])
    expect(codes(setSetting(document, 'email-address-list-1', 'Source', 'Typed in'))).toContain('data-unknown')
  })

  test('whose path is nearly right are mended', () => {
    const wrong: [string, string, string][] = [
      [
        'steps.email-address-list-1.Adresses',
        '“Email Address List” has no output “Adresses”.',
        'steps.email-address-list-1.Addresses'
      ],
      [
        'steps.email-adress-list-1.Addresses',
        'there is no step with the id “email-adress-list-1”.',
        'steps.email-address-list-1.Addresses'
      ],
      [
        'steps.Email Address List.Addresses',
        'there is no step with the id “Email Address List”.',
        'steps.email-address-list-1.Addresses'
      ]
    ]
    for (const [path, why, right] of wrong) {
      const document = setMapping(finished, 'send-email-1', 'To', select(path))
      const problem = only('data-unknown', document)
      expect(problem.message).toBe(`“To” of “Send Email 1” cannot be filled: ${why} Did you mean “${right}”?`)
      expect(mend(problem, `Take “${right}”`, document)).toEqual(finished)
    }
  })

  test('whose merge fields are wrong are told of field by field, and what the step fills in itself is let be', () => {
    const document = setMapping(
      setFlowInputs(finished, [{ name: 'Season', type: 'Text' }]),
      'send-email-1',
      'Subject',
      merge('{{recipient.Any Column}} {{flow.Saeson}} {{Season}} {{flow.Season}} {{recipients.X}}')
    )
    const found = check(document).filter(({ code }) => code === 'data-unknown')
    expect(found.map(({ message }) => message)).toEqual([
      '“Subject” of “Send Email 1” cannot be filled: the flow has no input or variable “Saeson”. Did you mean “flow.Season”?',
      '“Subject” of “Send Email 1” cannot be filled: “Season” is no value of this flow. Did you mean “flow.Season”?',
      '“Subject” of “Send Email 1” cannot be filled: “recipients.X” is no value of this flow.'
    ])
    const mended = mend(found[0]!, 'Take “flow.Season”', document)
    expect(stepOf(mended.flow, 'send-email-1')?.inputs['Subject']).toEqual(
      merge('{{recipient.Any Column}} {{flow.Season}} {{Season}} {{flow.Season}} {{recipients.X}}')
    )
  })

  test('take nothing that comes later', () => {
    const document = setMapping(finished, 'email-address-list-1', 'Document', select('steps.send-email-1.Sent'))
    expect(
      codes(setMapping(finished, 'email-address-list-1', 'Document', select('steps.email-address-list-1.Document')))
    ).toEqual(['data-never'])
    expect(codes(document)).toEqual(['input-type', 'data-never'])
  })

  test('are warned of values that only some paths set', () => {
    const document = setFlowOutputs(finished, [...finished.flow.outputs, { name: 'Failed', type: 'List of Record' }])
    const mapped = setMapping(document, 'end-1', 'Failed', select('steps.send-email-1.Failed'))
    const problem = only('data-sometimes', mapped)
    expect(problem).toMatchObject({ severity: 'warning', step: 'end-1', field: 'Failed' })
    expect(problem.message).toContain('which is only set on some paths to “End Step”')
  })

  test('in a loop see what the last round set on some paths only', () => {
    let document = chain('read-text-file', 'log')
    document = setMapping(document, 'read-text-file-1', 'Document', constant('a.txt'))
    document = setMapping(document, 'log-1', 'Message', select('steps.read-text-file-1.Text'))
    document = connect(document, { from: 'read-text-file-1', outcome: 'On Exception', to: 'log-1' })
    expect(codes(document)).toEqual(['data-sometimes'])
    document = disconnect(document, 'read-text-file-1', 'On Exception')
    expect(codes(document)).toEqual([])
    document = connect(document, { from: 'log-1', outcome: 'Done', to: 'read-text-file-1' })
    document = setMapping(document, 'read-text-file-1', 'Document', select('steps.read-text-file-1.Text'))
    expect(codes(document)).toEqual(['end-not-reached', 'data-sometimes', 'loop-no-exit', 'step-unreachable'])
  })

  test('of the wrong type are told of, and a text can be merged', () => {
    const document = setMapping(finished, 'send-email-1', 'Subject', select('steps.email-address-list-1.Count'))
    const problem = only('input-type', document)
    expect(problem.message).toBe(
      '“Subject” of “Send Email 1” must be Template, but “Count” of “Email Address List” is Number.'
    )
    const mended = mend(problem, 'Merge it into a text', document)
    expect(stepOf(mended.flow, 'send-email-1')?.inputs['Subject']).toEqual(
      merge('{{steps.email-address-list-1.Count}}')
    )
    expect(codes(mended)).toEqual([])
    expect(only('input-type', setMapping(finished, 'end-2', 'Subscribers', constant('none'))).message).toContain(
      'must be Number'
    )
    expect(only('input-type', setMapping(finished, 'end-2', 'Subscribers', merge('7'))).message).toContain(
      'Merge Text gives Text'
    )
  })

  test('that the step does not have get a warning', () => {
    const document = setMapping(
      setMapping(finished, 'send-email-1', 'To', undefined),
      'send-email-1',
      'Too',
      select('steps.email-address-list-1.Addresses')
    )
    expect(mend(only('input-unknown', document), 'Rename it to “To”', document)).toEqual(finished)
  })
})

describe('settings', () => {
  const set = (name: string, value: Parameters<typeof setSetting>[3]) =>
    setSetting(finished, 'send-email-1', name, value)

  test('out of range, of the wrong type, or no choice at all', () => {
    expect(only('setting-range', set('At most', 21)).message).toBe(
      '“At most” of “Send Email 1” is 21, but it must be from 1 to 20.'
    )
    expect(mend(only('setting-range', set('At most', 0)), 'Choose “1”', set('At most', 0))).toEqual(set('At most', 1))
    expect(only('setting-range', set('Rate limit', -1)).message).toContain('at least 0')
    expect(only('setting-type', set('Rate limit', 'fast')).message).toContain('must be Number, but it is Text')
    const choice = set('Send', 'One mail to al')
    expect(mend(only('setting-choice', choice), 'Choose “One mail to all”', choice)).toEqual(
      set('Send', 'One mail to all')
    )
  })

  test('that the step does not have get a warning', () => {
    const document = setSetting(set('Rate limit', undefined), 'send-email-1', 'Rate Limit', 100)
    expect(mend(only('setting-unknown', document), 'Rename it to “Rate limit”', document)).toEqual(finished)
  })
})

describe('Run Flow', () => {
  const parent = sample('Non-critical error')

  test('without a flow, or with one that is not there', () => {
    expect(codes(setSetting(parent, 'run-flow-1', 'Flow', ''), withReceipt)).toContain('flow-not-chosen')
    expect(only('flow-missing', parent).message).toContain('“Send Receipt.flow.json”, which was not found')
    expect(check(parent).filter(({ severity }) => severity === 'error')).toHaveLength(1)
  })

  test('must fill what its flow requires, and only its outcomes can be connected', () => {
    const child = sample('Send Receipt').flow
    const lookup = {
      flowAt: (): Flow => ({
        ...child,
        inputs: [...child.inputs, { name: 'Amount', type: 'Number', required: true }],
        steps: child.steps.map((step) => (step.name === 'Sent' ? { ...step, name: 'Delivered' } : step))
      })
    }
    expect(check(parent, lookup).map(({ code, field }) => [code, field])).toEqual([
      ['input-unset', 'Amount'],
      ['outcome-unknown', 'Sent'],
      ['outcome-open', 'Delivered']
    ])
  })
})

describe('Go Async', () => {
  test('with several End Steps must know which one its caller gets', () => {
    const document = setSetting(finished, 'go-async-1', 'Caller outcome', undefined)
    const problem = only('caller-outcome-open', document)
    expect(problem.fixes.map(({ title }) => title)).toEqual(['Caller gets “End Step”', 'Caller gets “No Subscribers”'])
    expect(mend(problem, 'Caller gets “End Step”', document)).toEqual(finished)
    expect(
      only('caller-outcome-unknown', setSetting(finished, 'go-async-1', 'Caller outcome', 'log-1')).fixes
    ).toHaveLength(2)
  })

  test('in the background already does nothing', () => {
    let document = addStep(
      finished,
      { ...stepOf(finished.flow, 'go-async-1')!, id: 'again', name: 'Again' },
      { x: 0, y: 0 }
    )
    document = connect(document, { from: 'send-email-1', outcome: 'Some Failed', to: 'again' })
    document = connect(document, { from: 'again', outcome: 'Done', to: 'end-1' })
    expect(only('already-in-background', document)).toMatchObject({ severity: 'warning', step: 'again' })
    expect(codes(document)).toHaveLength(1)
  })

  test('warns of outputs that only the background part sets', () => {
    const document = setMapping(
      setFlowOutputs(finished, [...finished.flow.outputs, { name: 'Sent', type: 'Number' }]),
      'end-1',
      'Sent',
      select('steps.send-email-1.Sent')
    )
    const problem = only('output-in-background', document)
    expect(problem).toMatchObject({ severity: 'warning', step: 'end-1', field: 'Sent' })
    expect(mend(problem, 'Remove from outputs', document)).toEqual(finished)
  })
})
