import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'vitest'
import { readJournal } from '../../host/index.ts'
import type { TestMailServer } from '../../host/mail/testMailServer.ts'
import { type Durability, type FlowDocument, type RunEvent, writeFlow } from '../../index.ts'
import { people } from '../newsletterFolder.ts'
import { step } from '../../testing/step.ts'

// A run with documents, a variable and mails, which tests break off, and what must have become of it in the end.

const [documents, addresses] = [40, people(30)]
const names = Array.from({ length: documents }, (_, index) => `d${index}.txt`)

/** How a run of the flow is made. */
export interface MixedWay {
  readonly durability: Durability
  readonly mail: 'Outbox' | 'SMTP'
}

export const mixedWays: readonly MixedWay[] = (['debug', 'standard', 'strict'] as const).flatMap((durability) =>
  (['Outbox', 'SMTP'] as const).map((mail) => ({ durability, mail }))
)

/**
 * Goes on in the background, writes documents four at a time and remembers them in a variable, then sends mails, and waits for
 * some seconds.
 */
const mixed = (durability: Durability, seconds: number): FlowDocument => ({
  flow: {
    id: 'mixed',
    name: 'Mixed',
    running: { durability },
    inputs: [],
    outputs: [{ name: 'Files', type: 'List of File' }],
    variables: [{ name: 'Files', type: 'List of File', initial: [] }],
    steps: [
      step('start', 'start', 'Start'),
      step('async', 'go-async', 'Go Async'),
      step('each', 'for-each', 'For Each', {
        settings: { 'At most': 4 },
        inputs: { Items: { kind: 'constant', value: Array.from({ length: documents }, (_, index) => index) } }
      }),
      step('add', 'add-document', 'Add Document', {
        inputs: {
          Name: { kind: 'merge', format: 'text', template: 'd{{item}}.txt' },
          Text: { kind: 'merge', format: 'text', template: 'document {{item}}' }
        },
        outputs: { Document: { kind: 'append', variable: 'Files' } }
      }),
      step('send', 'send-email', 'Send Email', {
        inputs: {
          To: {
            kind: 'list',
            items: addresses.map((value) => ({ kind: 'record', fields: { address: { kind: 'constant', value } } }))
          },
          From: { kind: 'constant', value: 'news@example.com' },
          Subject: { kind: 'constant', value: 'Hello' },
          Body: { kind: 'constant', value: 'Hello' }
        }
      }),
      step('pause', 'pause-flow', 'Pause Flow', { inputs: { Seconds: { kind: 'constant', value: seconds } } }),
      step('end', 'end', 'End Step', { inputs: { Files: { kind: 'select', path: 'flow.Files' } } })
    ],
    connections: [
      { from: 'start', outcome: 'Done', to: 'async' },
      { from: 'async', outcome: 'Done', to: 'each' },
      { from: 'each', outcome: 'Each', to: 'add' },
      { from: 'each', outcome: 'Done', to: 'send' },
      { from: 'send', outcome: 'Done', to: 'pause' },
      { from: 'send', outcome: 'Some Failed', to: 'pause' },
      { from: 'pause', outcome: 'Resume', to: 'end' }
    ]
  },
  layout: {}
})

/** Puts the flow “Mixed” into a Designer Folder. */
export const writeMixed = (folder: string, durability: Durability, seconds = 0): Promise<void> =>
  writeFile(path.join(folder, 'Mixed.flow.json'), writeFlow(mixed(durability, seconds)))

/** The folder of the only run there is; undefined when there is none. */
export async function onlyRun(folder: string): Promise<string | undefined> {
  const home = path.join(folder, 'Process Folder', 'Mixed')
  const runs = await readdir(home).catch(() => [])
  const run = runs.find((name) => /^\d/.test(name))
  return run === undefined ? undefined : path.join(home, run)
}

const documentsOf = async (run: string): Promise<string[]> =>
  (await readdir(path.join(run, 'documents')).catch(() => [])).filter((name) => name.endsWith('.txt')).sort()
const mailsOf = async (run: string): Promise<string[]> =>
  (await readdir(path.join(run, 'outbox')).catch(() => [])).filter((name) => name.endsWith('.eml'))

/** What the journal of a run that was broken off calls done. */
export interface Done {
  readonly documents: number
  readonly mails: number
  /** The addresses whose mails began, and of which nobody knows whether they went out. */
  readonly open: readonly string[]
}

/** What the events call done. Expects that it is there. */
export async function expectDone(run: string, events: readonly RunEvent[], { mail }: MixedWay): Promise<Done> {
  const completed = events.filter((event) => event.event === 'StepCompleted' && event.step === 'add').length
  expect((await documentsOf(run)).length).toBeGreaterThanOrEqual(completed)
  const done = new Set<string>()
  const open = new Set<string>()
  for (const event of events) {
    if (event.event === 'EffectBegun' && event.item) open.add(event.item.label)
    if (event.event !== 'StepProgressed' || !event.item) continue
    open.delete(event.item.label)
    if (event.item.state === 'done') done.add(event.item.label)
  }
  const kept = mail === 'Outbox' ? await mailsOf(run) : []
  if (mail === 'Outbox') for (const address of done) expect(kept.some((name) => name.includes(address))).toBe(true)
  return { documents: completed, mails: done.size, open: [...open] }
}

/** Nobody is asked about mails to the Outbox: it recognises those that it has. */
export const doubtArguments = ({ mail }: MixedWay): readonly string[] => (mail === 'SMTP' ? ['--in-doubt', 'skip'] : [])

/**
 * Expects that the run came to its end with every document and every mail once. `open`: the addresses whose mails were in doubt
 * and have been left out.
 */
export async function expectWhole(
  run: string,
  { mail }: MixedWay,
  { received }: TestMailServer,
  open: readonly string[]
): Promise<void> {
  const { events } = await readJournal(run)
  expect(events.at(-1)).toMatchObject({ event: 'RunSettled', state: 'completed' })
  expect(events.filter(({ event }) => event === 'Replied')).toHaveLength(1)
  const ended = events.find(
    (event) => event.event === 'ThreadEnded' && event.outcome === 'End Step' && event.thread > 0
  )
  expect(ended?.event === 'ThreadEnded' && ended.outputs?.['Files']).toHaveLength(documents)
  expect(await documentsOf(run)).toEqual([...names].sort())
  for (const name of names)
    expect(await readFile(path.join(run, 'documents', name), 'utf8')).toBe(`document ${name.slice(1, -'.txt'.length)}`)
  const kept = await mailsOf(run)
  for (const address of addresses) {
    const times =
      mail === 'Outbox'
        ? kept.filter((name) => name.includes(` ${address}`)).length
        : received.filter(({ to }) => to.includes(address)).length
    const isRight = mail === 'SMTP' && open.includes(address) ? times <= 1 : times === 1
    expect([address, times, isRight]).toEqual([address, times, true])
  }
}
