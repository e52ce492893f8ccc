import { describe, expect, test } from 'vitest'
import type { Mapping } from '../../model/index.ts'
import { filledFlow } from '../../testing/filledFlow.ts'
import { check, merge, select } from '../../testing/trialCheck.ts'

const flowWith = (message: Mapping) =>
  filledFlow('Start -> Log -> End Step', {
    inputs: [
      { name: 'N', type: 'Number' },
      { name: 'First Name', type: 'Text' },
      { name: 'Rows', type: 'List of Record' }
    ],
    steps: { Log: { inputs: { Message: message } } }
  })

/** The one problem, and the mapping after each of its mends; each leaves no problem behind. */
function mends(message: Mapping): { readonly problem: string; readonly mended: readonly (Mapping | undefined)[] } {
  const [problem, another] = check(flowWith(message))
  expect(another).toBeUndefined()
  const mended = (problem?.fixes ?? []).map((fix) => fix.apply(flowWith(message)))
  for (const document of mended) expect(check(document)).toEqual([])
  return {
    problem: problem?.message ?? '',
    mended: mended.map(({ flow }) => flow.steps.find(({ id }) => id === 'Log')?.inputs.Message)
  }
}

describe('a merge field that never closes', () => {
  test.each([
    ['Hello {{flow.N', 'Hello {{flow.N}}'],
    ['Hello {{flow.N}!', 'Hello {{flow.N}}!'],
    ['Dear {{flow.First Name, welcome', 'Dear {{flow.First Name}}, welcome'],
    ['{{flow.N}} and {{ flow.N. Bye', '{{flow.N}} and {{ flow.N}}. Bye']
  ])('%s is an error: it is closed where its path ends, or meant as it is', (template, closed) => {
    const { problem, mended } = mends(merge(template))
    expect(problem).toContain('“Message” of “Log” has a {{ without a }} behind it')
    const at = template.lastIndexOf('{{')
    expect(mended).toEqual([merge(closed), merge(`${template.slice(0, at)}{{${template.slice(at)}`)])
  })

  test('has no place to be closed when it names nothing', () => {
    expect(mends(merge('if (a) {{ b')).mended).toEqual([merge('if (a) {{{{ b')])
  })
})

describe('a path that is written as an expression', () => {
  test.each([
    ['flow.Rows[0]', 'flow.Rows.0'],
    ['flow.Rows[12].Name', 'flow.Rows.12.Name'],
    ['flow["First Name"]', 'flow.First Name'],
    ["flow.Rows[0]['A.b']", 'flow.Rows.0.A\\.b']
  ])('%s is told how a path is written', (written, path) => {
    const { problem, mended } = mends(merge(`Row {{${written}}}`))
    expect(problem).toContain(`“${written}” has brackets, as in an expression: a path has dots only.`)
    expect(mended).toEqual([merge(`Row {{${path}}}`)])
  })

  test('and is more than a path needs an Expression mapping', () => {
    for (const message of [select('flow.Rows[-1].Name'), merge('{{flow.Rows[-1].Name}}')])
      expect(mends(message).mended).toEqual([{ kind: 'expression', source: 'flow.Rows[-1].Name' }])
    expect(mends(merge('{{upper(flow.First Name)}}')).problem).not.toContain('Choose Expression')
    expect(mends(merge('Last: {{flow.N + 1}}'))).toEqual({
      problem:
        '“Message” of “Log” takes “flow.N + 1”, which is an expression, but only a path can stand there. Choose Expression for it.',
      mended: []
    })
  })
})

test('Add Document needs a Name while it writes a text, not while it copies a document', () => {
  const codes = (Source: string, Name: Mapping | undefined) => {
    const inputs = Name ? { Name } : {}
    const flow = filledFlow('Start -> Add Document to Folder -> End Step', {
      steps: {
        'Add Document to Folder': {
          settings: { Source },
          inputs: { ...inputs, Document: { kind: 'constant', value: 'a.txt' } }
        }
      }
    })
    const { flow: filled } = flow
    const steps = filled.steps.map((step) =>
      step.inputs.Name && !Name ? { ...step, inputs: { Text: step.inputs.Text! } } : step
    )
    return check({ flow: { ...filled, steps }, layout: {} }).map(({ code, field }) => [code, field])
  }
  for (const name of [undefined, { kind: 'constant', value: '' }, { kind: 'null' }] satisfies (Mapping | undefined)[])
    expect(codes('Text', name)).toContainEqual(['input-unset', 'Name'])
  expect(codes('Document', undefined)).toEqual([])
  expect(codes('Text', { kind: 'constant', value: 'notes.txt' })).not.toContainEqual(['input-unset', 'Name'])
})
