import { describe, expect, it } from 'vitest'
import type { ValueRecord } from '../../model/index.ts'
import { emailAddressList } from './emailAddressList.ts'
import { fileAt, tryStep } from '../stepTrial.ts'

const typedIn = (list: string, settings: ValueRecord = {}) =>
  tryStep(emailAddressList, { inputs: { List: list }, settings })

const fromDocument = (text: string, settings: ValueRecord = {}, name = 'subscribers.csv') =>
  tryStep(emailAddressList, {
    inputs: { Document: fileAt(name) },
    settings: { Source: 'Document', ...settings },
    files: { [name]: text }
  })

describe('Email Address List', () => {
  it('tidies a typed list and keeps it as a document', async () => {
    const trial = typedIn(' ann@example.com \nbob@example.com; ann@EXAMPLE.com')
    expect(await trial.transition).toEqual({
      kind: 'exit',
      outcome: 'Done',
      outputs: {
        Addresses: [{ address: 'ann@example.com' }, { address: 'bob@example.com' }],
        Count: 2,
        Document: {
          $type: 'File',
          path: 'documents/Email Address List.txt',
          name: 'Email Address List.txt',
          size: 32
        },
        Invalid: []
      }
    })
    expect(trial.documents.get('Email Address List.txt')).toBe('ann@example.com\nbob@example.com\n')
    expect(trial.log).toEqual(['info: 1 duplicate address removed.'])
  })

  it('refuses a document whose columns, told with each row, would be more than a value can hold', async () => {
    const text = `Email,${'x'.repeat(1_000_000)}\n${'ann@example.com,1\n'.repeat(300)}`
    await expect(fromDocument(text).transition).rejects.toMatchObject({
      code: 'list-too-large',
      message:
        '“subscribers.csv” is too large for one list: 300 rows of 2 columns. Leave out the columns that no mail needs, or split it into several documents.'
    })
  })

  it('keeps the other columns of a document and copies it into the process folder', async () => {
    const text = 'Email,First Name\nann@example.com,Ann\n'
    const trial = fromDocument(text, { Column: 'email' })
    expect(await trial.transition).toMatchObject({
      outcome: 'Done',
      outputs: {
        Addresses: [{ address: 'ann@example.com', 'First Name': 'Ann' }],
        Document: { path: 'documents/subscribers.csv' }
      }
    })
    expect(trial.documents.get('subscribers.csv')).toBe(text)
  })

  it('adds no document when told not to', async () => {
    const trial = typedIn('ann@example.com', { 'Add to process folder': false })
    expect(await trial.transition).toMatchObject({ outputs: { Document: null } })
    expect(trial.documents.size).toBe(0)
  })

  it('does not copy a document that is in the process folder already', async () => {
    const document = { $type: 'File', path: 'documents/list.txt', name: 'list.txt', size: 15 } as const
    const trial = tryStep(emailAddressList, {
      inputs: { Document: document },
      settings: { Source: 'Document' },
      files: { 'documents/list.txt': 'ann@example.com' }
    })
    expect(await trial.transition).toMatchObject({ outcome: 'Done', outputs: { Document: document } })
    expect(trial.documents.size).toBe(0)
  })

  it('goes on with the good rows of a list with 50 bad ones, and names each of these', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => (i % 3 === 0 ? `bad row ${i}` : `person${i}@example.com`))
    const trial = fromDocument(`Email\n${rows.join('\n')}\n`)
    const transition = await trial.transition
    expect(transition).toMatchObject({ outcome: 'Done', outputs: { Count: 100 } })
    const invalid = transition.kind === 'exit' ? transition.outputs.Invalid : undefined
    expect(invalid).toHaveLength(50)
    expect(invalid).toContainEqual({ row: 5, text: 'bad row 3', reason: 'It holds a space.' })
    expect(trial.log).toEqual([
      'warning: 50 rows hold no valid address and were left out. The first is row 2: It holds a space. All are in the output Invalid.'
    ])
  })

  it('tells a row without an address from a blank one', async () => {
    const trial = fromDocument('Email,Name\n,Ann\n,\nbob@example.com,Bob\n')
    expect(await trial.transition).toMatchObject({
      outputs: { Count: 1, Invalid: [{ row: 2, text: ', Ann', reason: 'The row has no address.' }] }
    })
  })

  it('ends with Empty when there is no valid address', async () => {
    expect(await fromDocument('Email\n').transition).toEqual({
      kind: 'exit',
      outcome: 'Empty',
      outputs: { Invalid: [] }
    })
    expect(await typedIn('nobody').transition).toMatchObject({
      outcome: 'Empty',
      outputs: { Invalid: [{ row: 1, text: 'nobody' }] }
    })
  })

  it('fails when the column is missing, and names those that are there', async () => {
    await expect(fromDocument('Mail,Name\na@example.com,A\n', { Column: 'Email' }).transition).rejects.toMatchObject({
      code: 'column-missing',
      message:
        '“subscribers.csv” has no column “Email”. Its columns are “Mail”, “Name”: choose one of them in the setting Column.'
    })
  })

  it('fails when the document is missing or no table', async () => {
    const missing = tryStep(emailAddressList, {
      inputs: { Document: fileAt('no.csv') },
      settings: { Source: 'Document' }
    })
    await expect(missing.transition).rejects.toMatchObject({ code: 'document-missing' })
    await expect(fromDocument('Email\n"ann@example.com\n').transition).rejects.toMatchObject({
      code: 'list-unreadable'
    })
  })

  it('takes a column called __proto__ like all others', async () => {
    const transition = await fromDocument('Email,__proto__\nann@example.com,x\n').transition
    expect(JSON.stringify(transition)).toContain('"__proto__":"x"')
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  it('says on the canvas what it reads', () => {
    const describeIn = (settings: ValueRecord, input: 'List' | 'Document', value: string) =>
      emailAddressList.describe?.(
        { id: 'a', type: 'a', name: 'a', settings, inputs: { [input]: { kind: 'constant', value } } },
        { flow: { id: 'f', name: 'f', inputs: [], outputs: [], steps: [], connections: [] }, flowAt: () => undefined }
      )
    expect(describeIn({ Source: 'Document' }, 'Document', 'subscribers.csv')).toBe('subscribers.csv')
    expect(describeIn({}, 'List', 'a@example.com, b@example.com')).toBe('2 addresses typed in')
  })
})
