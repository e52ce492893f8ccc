import { appendFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemDisk } from '../disk/disk.ts'
import { watchedDisk } from '../testing/watchedDisk.ts'
import { decodeText } from './decodeText.ts'
import { type FileDocuments, fileDocuments } from './fileDocuments.ts'
import { temporaryFolder } from './temporaryFolder.ts'

/** A Designer Folder with the flow in `news/`, and a process folder inside it. */
async function folders(): Promise<{ root: string; processFolder: string; documents: FileDocuments }> {
  const top = await temporaryFolder()
  const root = path.join(top, 'flows')
  const processFolder = path.join(root, 'Process Folder', 'News', 'run-1')
  await mkdir(path.join(root, 'news'), { recursive: true })
  await mkdir(path.join(processFolder, 'documents'), { recursive: true })
  await writeFile(path.join(top, 'secret.txt'), 'secret')
  return { root, processFolder, documents: fileDocuments(root, processFolder) }
}

describe('documents', () => {
  it('are read wherever they lie in the Designer Folder', async () => {
    const { root, documents } = await folders()
    await writeFile(path.join(root, 'news', 'a.txt'), 'A')
    await writeFile(path.join(root, 'b.txt'), 'B')
    expect(await documents.readText('news/a.txt')).toBe('A')
    expect(await documents.readText('b.txt')).toBe('B')
    expect(
      await documents.readText({ $type: 'File', from: 'folder', path: 'news/a.txt', name: 'a.txt', size: 0 })
    ).toBe('A')
  })

  it('are added to the process folder under names that are free and can be', async () => {
    const { processFolder, documents } = await folders()
    const first = await documents.add('notes.txt', 'one', 'a')
    const second = await documents.add('notes.txt', 'two', 'b')
    const odd = await documents.add('../../etc/p:wd', 'three', 'c')
    expect([first, second, odd].map((document) => document.path)).toEqual([
      'documents/notes.txt',
      'documents/notes (2).txt',
      'documents/.._.._etc_p_wd'
    ])
    expect(await readFile(path.join(processFolder, second.path), 'utf8')).toBe('two')
    expect(await documents.readText(first)).toBe('one')
    expect(first).toMatchObject({ $type: 'File', name: 'notes.txt', size: 3 })
  })

  it('are copied into the process folder as they are', async () => {
    const { root, processFolder, documents } = await folders()
    const bytes = Buffer.from([0, 255, 1, 254])
    await writeFile(path.join(root, 'news', 'a.bin'), bytes)
    const copy = await documents.copy('news/a.bin', undefined, 'a')
    expect(await readFile(path.join(processFolder, copy.path))).toEqual(bytes)
    expect((await documents.copy(copy, 'b.bin', 'b')).path).toBe('documents/b.bin')
  })

  it('are made once for each visit, also by a process after one that was killed', async () => {
    const { root, processFolder, documents } = await folders()
    await writeFile(path.join(root, 'a.bin'), Buffer.from([0, 255, 1]))
    const addAll = (to: FileDocuments) =>
      Promise.all([
        to.add('notes.txt', 'the same', 'first'),
        to.add('notes.txt', 'the same', 'second'),
        to.copy('a.bin', 'notes.txt', 'third'),
        to.add('empty.txt', '', 'fourth')
      ])
    const first = await addAll(documents)
    const names = async () => (await readdir(path.join(processFolder, 'documents'))).filter((name) => name !== '.keys')
    expect((await names()).sort()).toEqual(['empty.txt', 'notes (2).txt', 'notes (3).txt', 'notes.txt'])
    expect(await addAll(documents)).toEqual(first)
    expect(await addAll(fileDocuments(root, processFolder))).toEqual(first)
    expect(await names()).toHaveLength(4)
  })

  it('are made under the name that was kept for them when the process was killed before that', async () => {
    const { root, processFolder, documents } = await folders()
    const { path: made } = await documents.add('notes.txt', 'one', 'first')
    await rm(path.join(processFolder, made))
    await appendFile(path.join(processFolder, 'documents', '.keys'), '\n["second","no')
    const again = fileDocuments(root, processFolder)
    expect((await again.add('notes.txt', 'two', 'second')).name).toBe('notes (2).txt')
    expect((await again.add('notes.txt', 'one', 'first')).name).toBe('notes.txt')
    expect((await fileDocuments(root, processFolder).add('notes.txt', 'two', 'second')).name).toBe('notes (2).txt')
  })

  it('do without a folder that was deleted, and leave alone what somebody else has put there', async () => {
    const { processFolder, documents } = await folders()
    await documents.add('a.txt', 'one', 'first')
    await writeFile(path.join(processFolder, 'documents', 'b.txt'), 'mine')
    expect((await documents.add('b.txt', 'two', 'second')).name).toBe('b (2).txt')
    await rm(path.join(processFolder, 'documents'), { recursive: true })
    const again = fileDocuments(processFolder, processFolder)
    expect((await again.add('c.txt', 'three', 'third')).name).toBe('c.txt')
  })

  it('leave nothing half written beside them, and take the name that is free when many come at once', async () => {
    const { processFolder, documents } = await folders()
    const added = await Promise.all(
      Array.from({ length: 8 }, (_, i) => documents.add('notes.txt', `note ${i}`, `${i}`))
    )
    expect(new Set(added.map(({ name }) => name)).size).toBe(8)
    expect((await readdir(path.join(processFolder, 'documents'))).sort()).toEqual(
      ['.keys', ...added.map(({ name }) => name)].sort()
    )
    for (const [i, document] of added.entries()) expect(await documents.readText(document)).toBe(`note ${i}`)
  })

  it('never lead out of the folder', async () => {
    const { root, documents } = await folders()
    await symlink('../../secret.txt', path.join(root, 'news', 'link.txt'))
    for (const document of ['../secret.txt', '/etc/hostname', 'news/link.txt', 'a\0b'])
      await expect(documents.readText(document)).rejects.toMatchObject({ code: 'document-outside' })
    await expect(
      documents.readText({ $type: 'File', path: '../../../b.txt', name: 'b.txt', size: 0 })
    ).rejects.toMatchObject({ code: 'document-outside' })
  })

  it('that are missing, folders or no text are told as such', async () => {
    const { root, documents } = await folders()
    await writeFile(path.join(root, 'news', 'picture.png'), Buffer.from([137, 80, 78, 71, 0, 1]))
    await expect(documents.readText('news/no.csv')).rejects.toMatchObject({
      code: 'document-missing',
      message: 'There is no document “no.csv” in the folder “news”. Put it there, or choose another document.'
    })
    await expect(documents.readText('.')).rejects.toMatchObject({ code: 'document-unreadable' })
    await expect(documents.readText('news/picture.png')).rejects.toMatchObject({
      code: 'document-unreadable',
      message: '“picture.png” is no text. Save it as text or CSV (UTF-8) and choose it again.'
    })
  })
})

describe('decodeText', () => {
  it('reads the encodings that spreadsheets write', () => {
    const text = 'Grüße € “x”'
    expect(decodeText(Buffer.from(text))).toBe(text)
    expect(decodeText(Buffer.from(`\uFEFF${text}`))).toBe(text)
    expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))).toBe(text)
    expect(decodeText(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]))).toBe(text)
    const windows = Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x80, 0x20, 0x93, 0x78, 0x94])
    expect(decodeText(windows)).toBe(text)
  })
})

describe('documents on a disk that is in trouble', () => {
  it('fail no step that reads, copies or adds one: the trouble is told, and the step waits for the run to be suspended', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'notes.txt'), 'one')
    for (const code of ['EMFILE', 'EIO']) {
      const troubles: string[] = []
      const broken = watchedDisk(systemDisk, () => {
        throw Object.assign(new Error(code), { code })
      })
      const documents = fileDocuments(folder, folder, broken, ({ message }) => troubles.push(message))
      const ended: unknown[] = []
      for (const task of [
        documents.readText('notes.txt'),
        documents.locate('notes.txt'),
        documents.copy('notes.txt', undefined, 'a'),
        documents.add('new.txt', 'two', 'b')
      ])
        task.then(
          () => ended.push('done'),
          (error: unknown) => ended.push(error)
        )
      await expect.poll(() => troubles.length).toBe(4)
      expect(ended).toEqual([])
      expect(troubles[0]).toMatch(/^The run is suspended, because .*\. .*then resume it\.$/)
    }
  })

  it('reads a document through a link that stays inside the folder', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'notes.txt'), 'one')
    await symlink('notes.txt', path.join(folder, 'link.txt'))
    expect(await fileDocuments(folder, folder).readText('link.txt')).toBe('one')
  })
})
