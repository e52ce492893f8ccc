import { describe, expect, it } from 'vitest'
import { fileAt, tryStep } from '../stepTrial.ts'
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
