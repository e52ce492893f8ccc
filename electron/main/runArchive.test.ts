import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { journalLine } from '../../engine/host/index.ts'
import type { RunFact } from '../../engine/index.ts'
import { RunArchive } from './runArchive.ts'

const begun: RunFact = {
  event: 'RunStarted',
  run: 'r',
  flow: 'a.flow.json',
  flows: { 'a.flow.json': { id: 'a', name: 'A', inputs: [], outputs: [], steps: [], connections: [] } },
  inputs: {},
  startedAt: '2026-01-02T03:04:05.000Z'
}
const settled: RunFact = { event: 'RunSettled', state: 'completed' }

/** Every run was started here, but for that in the folder it names. */
let foreign: string | undefined
const installation = {
  startOf: async (run: string) => (run === foreign ? undefined : { mail: 'Outbox', root: '/' })
}
beforeEach(() => {
  foreign = undefined
})

/** A Designer Folder with a run for each list of events. */
function folderOf(...runs: RunFact[][]) {
  const root = mkdtempSync(join(tmpdir(), 'tailrace-'))
  const folders = runs.map((facts, index) => {
    const folder = join(root, 'Process Folder', 'A', `2026-01-02-03040${index}-abcd`)
    mkdirSync(folder, { recursive: true })
    facts.forEach((fact, at) =>
      appendFileSync(join(folder, 'journal.jsonl'), journalLine({ ...fact, seq: at + 1, at }))
    )
    return folder
  })
  return { root, folders }
}

describe('RunArchive', () => {
  it('lists settled and interrupted runs, numbered by flow', async () => {
    const { root } = folderOf([begun, settled], [begun])
    const runs = await new RunArchive(installation).list(root)
    expect(runs.map(({ number, flow, name }) => [number, flow, name])).toEqual([
      [1, 'a.flow.json', 'A'],
      [2, 'a.flow.json', 'A']
    ])
    expect(runs[0]).toMatchObject({ settled: { state: 'completed' } })
    expect(runs[0]?.interrupted).toBeUndefined()
    expect(runs[1]?.interrupted).toBe(true)
  })

  it('tells a damaged run from an interrupted one, and shows what came before the damage', async () => {
    const { root, folders } = folderOf([
      begun,
      { event: 'ThreadStarted', thread: 0, name: 'Main', kind: 'main' },
      settled
    ])
    const file = join(folders[0]!, 'journal.jsonl')
    const bytes = readFileSync(file)
    const second = bytes.indexOf(10) + 20
    bytes[second] = bytes[second]! ^ 1
    writeFileSync(file, bytes)
    const archive = new RunArchive(installation)
    const [run] = await archive.list(root)
    expect(run).toMatchObject({ name: 'A', interrupted: true, damaged: expect.stringContaining('line 2') as unknown })
    expect(await archive.events(folders[0]!)).toHaveLength(1)
  })

  it('shows a run that another process is running as going on', async () => {
    const { root, folders } = folderOf([begun])
    writeFileSync(join(folders[0]!, 'running.json'), JSON.stringify({ pid: process.pid }))
    expect((await new RunArchive(installation).list(root))[0]?.interrupted).toBeUndefined()
  })

  it('passes over what is no run, and reads a torn journal as far as it goes', async () => {
    const { root, folders } = folderOf([begun], [])
    appendFileSync(join(folders[0]!, 'journal.jsonl'), '0000 {"torn')
    mkdirSync(join(root, 'Process Folder', 'A', 'notes'))
    writeFileSync(join(root, 'Process Folder', 'file'), '')
    const archive = new RunArchive(installation)
    expect((await archive.list(root)).map(({ number }) => number)).toEqual([1])
    expect(await archive.events(folders[0]!)).toHaveLength(1)
  })

  it('says of an interrupted run whether it was started here', async () => {
    const { root, folders } = folderOf([begun], [begun], [begun, settled])
    foreign = folders[1]
    expect((await new RunArchive(installation).list(root)).map((run) => run.foreign)).toEqual([
      undefined,
      true,
      undefined
    ])
  })

  it('follows no link out of the Designer Folder', async () => {
    const { root } = folderOf([begun, settled])
    const other = mkdtempSync(join(tmpdir(), 'tailrace-'))
    renameSync(join(root, 'Process Folder'), join(other, 'runs'))
    symlinkSync(join(other, 'runs'), join(root, 'Process Folder'))
    expect(await new RunArchive(installation).list(root)).toEqual([])
    const beside = folderOf()
    mkdirSync(join(beside.root, 'Process Folder'))
    symlinkSync(join(other, 'runs', 'A'), join(beside.root, 'Process Folder', 'A'))
    expect(await new RunArchive(installation).list(beside.root)).toEqual([])
  })

  it.runIf(process.platform !== 'win32')('reads no run that links elsewhere, or waits for a pipe', async () => {
    const { root, folders } = folderOf([begun, settled], [begun], [begun, settled], [begun, settled])
    const [sound, linked, piped, blob] = folders.map((folder) => join(folder, 'journal.jsonl'))
    rmSync(linked!)
    symlinkSync(sound!, linked!)
    rmSync(piped!)
    execFileSync('mkfifo', [piped!])
    mkdirSync(join(dirname(blob!), 'blobs'))
    symlinkSync(sound!, join(dirname(blob!), 'blobs', 'a.json'))
    const archive = new RunArchive(installation)
    expect((await archive.list(root)).map(({ number, name, damaged }) => [number, name, damaged])).toEqual([
      [1, 'A', undefined],
      [2, 'A', expect.stringContaining('it is a link that is not followed')],
      [3, 'A', expect.stringContaining('it is no file')],
      // What its blobs hold is not asked for.
      [4, 'A', undefined]
    ])
    for (const folder of folders.slice(1, 3)) await expect(archive.events(folder)).rejects.toThrow()
  })

  it('finds the folder of a run, and none outside', async () => {
    const { root, folders } = folderOf([begun])
    const archive = new RunArchive(installation)
    expect(await archive.folder(root, '2026-01-02-030400-abcd')).toBe(folders[0])
    for (const run of ['..', '2026-01-02-030400-none', '']) expect(await archive.folder(root, run)).toBeUndefined()
    expect(await archive.list(join(root, 'not-there'))).toEqual([])
  })
})
