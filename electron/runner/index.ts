/** The process in which flows run. Main starts it, watches it and starts it again when it goes down. */
import { randomUUID } from 'node:crypto'
import type { Failure, RunEvent } from '../../engine/index.ts'
import {
  type MailAccount,
  type ResumedRun,
  RunInDoubt,
  type StartedRun,
  designerFolder,
  openInstallation,
  resumeRun,
  startRun,
  trustedRoot
} from '../../engine/host/index.ts'
import { refusalOf } from '../ipc/refusalOf.ts'
import { couldNotStart } from '../messages.ts'
import { batchEvents } from './eventBatches.ts'
import type { ResumeOrder, RunnerCommand, RunnerNotice, RunOrder } from './protocol.ts'

/** The one argument of this process is where the studio keeps its own things. */
const installation = openInstallation(process.argv[2] ?? '')

const going = new Map<string, StartedRun>()

const tell = (notice: RunnerNotice) => process.parentPort.postMessage(notice)

const later = (milliseconds: number, then: () => void) => {
  const timer = setTimeout(then, milliseconds)
  return () => clearTimeout(timer)
}

const accountsOf = ({ accounts }: RunOrder | ResumeOrder): MailAccount[] =>
  accounts.map(({ user, ...server }) => (user === '' ? server : { ...server, user }))

function start(request: number, order: RunOrder): Promise<void> {
  const { folder, path, document, inputs, mail } = order
  return carry(request, async (onEvent) =>
    startRun({
      folder: designerFolder(await trustedRoot(installation, folder), randomUUID),
      installation,
      path,
      document,
      inputs,
      mail,
      accounts: accountsOf(order),
      onEvent
    })
  )
}

function resume(request: number, order: ResumeOrder): Promise<void> {
  const { folder, run, inDoubt, cancel } = order
  return carry(
    request,
    async (onEvent) => {
      await trustedRoot(installation, folder)
      return resumeRun({
        installation,
        run,
        inDoubt,
        cancel,
        accounts: accountsOf(order),
        onEvent
      })
    },
    order.number
  )
}

/** Begins a run, in a Designer Folder that the person trusts, tells main of it as it goes on, and of its end. `number`: of a run that had one before. */
async function carry(
  request: number,
  begin: (onEvent: (event: RunEvent) => void) => Promise<StartedRun | ResumedRun>,
  number?: number
): Promise<void> {
  const first: RunEvent[] = []
  let hear = (event: RunEvent): void => void first.push(event)
  let run: StartedRun | ResumedRun
  try {
    run = await begin((event) => hear(event))
  } catch (error) {
    if (error instanceof RunInDoubt) tell({ kind: 'in-doubt', request, doubts: error.doubts })
    else tell({ kind: 'failed-to-start', request, failure: failureOf(error) })
    return
  }
  const { id, processFolder } = run
  going.set(id, run)
  tell({
    kind: 'started',
    request,
    run: id,
    number: number ?? processFolder.number,
    folder: processFolder.path,
    past: 'past' in run ? run.past : [],
    events: first
  })
  const batches = batchEvents((events) => tell({ kind: 'events', run: id, events }), later)
  hear = (event) => batches.add(event)
  const end = await run.settled.then(
    ({ state, error }) => (state === 'suspended' ? { suspended: true as const, ...(error && { failure: error }) } : {}),
    (error: unknown) => ({ failure: failureOf(error) })
  )
  batches.flush()
  going.delete(id)
  tell({ kind: 'finished', run: id, ...end })
}

function failureOf(error: unknown): Failure {
  const refusal = refusalOf(error)
  if (refusal) return { code: refusal.code, message: refusal.message }
  console.error(error)
  return { code: 'unexpected', message: couldNotStart(error instanceof Error ? error.message : String(error)) }
}

process.parentPort.on('message', ({ data: command }: { readonly data: RunnerCommand }) => {
  switch (command.kind) {
    case 'start':
      void start(command.request, command)
      return
    case 'resume':
      void resume(command.request, command)
      return
    case 'suspend':
      void going.get(command.run)?.suspend()
      return
    case 'cancel':
      going.get(command.run)?.cancel()
      return
    case 'cancel-thread':
      going.get(command.run)?.cancel(command.thread)
      return
    case 'signal':
      going.get(command.run)?.signal(command.signal, command.value)
  }
})

// After an error that nobody caught nothing here can be trusted: main starts the next process.
process.on('uncaughtException', (error) => {
  console.error(error)
  tell({ kind: 'broke-down', message: error.stack ?? error.message })
  setImmediate(() => process.exit(1))
})
