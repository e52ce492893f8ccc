import { describe, expect, it } from 'vitest'
import { fileAt, type StepTrial, type TrialOptions, tryStep } from '../stepTrial.ts'
import { addDocument } from './addDocument.ts'
import { readTextFile } from './readTextFile.ts'

describe('Add Document to Folder', () => {
  it('writes a text', async () => {
    const trial = tryStep(addDocument, { inputs: { Name: ' notes.txt ', Text: 'Hello' } })
    expect(await trial.transition).toMatchObject({ outcome: 'Done', outputs: { Document: { name: 'notes.txt' } } })
    expect(trial.documents.get('notes.txt')).toBe('Hello')
  })

  it('copies a document, under another name if there is one', async () => {
    const copy = (Name: string | null) =>
      tryStep(addDocument, {
        inputs: { Document: fileAt('a.txt'), Name },
        settings: { Source: 'Document' },
        files: { 'a.txt': 'A' }
      })
    const [same, other] = [copy(null), copy('b.txt')]
    await Promise.all([same.transition, other.transition])
    expect([...same.documents.keys(), ...other.documents.keys()]).toEqual(['a.txt', 'b.txt'])
  })

  it('makes no second document when it is repeated after a restart', async () => {
    const documents = { 'a.txt': 'A', 'b.txt': 'of another step' }
    const resumed = { items: new Map(), inDoubt: new Map() }
    const written = (Name: string, more: Pick<TrialOptions, 'resumed'>) =>
      tryStep(addDocument, { inputs: { Name, Text: 'A' }, documents, ...more })
    const copied = tryStep(addDocument, {
      inputs: { Document: fileAt('a.txt') },
      settings: { Source: 'Document' },
      files: { 'a.txt': 'A' },
      documents,
      resumed
    })
    const expected: [StepTrial, string[]][] = [
      [written('a.txt', {}), ['a.txt', 'b.txt', 'a (2).txt']],
      [written('a.txt', { resumed }), ['a.txt', 'b.txt']],
      [written('b.txt', { resumed }), ['a.txt', 'b.txt', 'b (2).txt']],
      [copied, ['a.txt', 'b.txt']]
    ]
    for (const [trial, names] of expected) {
      await trial.transition
      expect([...trial.documents.keys()]).toEqual(names)
    }
  })

  it('asks for a name', async () => {
    const trial = tryStep(addDocument, { inputs: { Name: ' ', Text: 'Hello' } })
    await expect(trial.transition).rejects.toMatchObject({ code: 'name-missing' })
  })
})

describe('Read Text File', () => {
  it('reads a document of the folder', async () => {
    const trial = tryStep(readTextFile, { inputs: { Document: fileAt('a.txt') }, files: { 'a.txt': 'A\n' } })
    expect(await trial.transition).toEqual({ kind: 'exit', outcome: 'Done', outputs: { Text: 'A\n' } })
  })
})
