/** The process in which flows run. Main starts it, watches it and starts it again when it goes down. */
import { randomUUID } from 'node:crypto'
import type { Failure, RunEvent } from '../../engine/index.ts'
import type { StartedRun } from '../../engine/host/index.ts'
import { designerFolder, startRun } from '../../engine/host/index.ts'
import { refusalOf } from '../ipc/refusalOf.ts'
import { couldNotStart } from '../messages.ts'
import { batchEvents } from './eventBatches.ts'
import type { RunnerCommand, RunnerNotice, RunOrder } from './protocol.ts'

const going = new Map<string, StartedRun>()

const tell = (notice: RunnerNotice) => process.parentPort.postMessage(notice)

const later = (milliseconds: number, then: () => void) => {
  const timer = setTimeout(then, milliseconds)
  return () => clearTimeout(timer)
}

async function start(request: number, order: RunOrder): Promise<void> {
  const { folder, path, document, inputs, mail, accounts } = order
  const first: RunEvent[] = []
  let hear = (event: RunEvent): void => void first.push(event)
  let run: StartedRun
  try {
    run = await startRun({
      folder: designerFolder(folder, randomUUID),
      path,
      document,
      inputs,
      mail,
      accounts: accounts.map(({ user, ...server }) => (user === '' ? server : { ...server, user })),
      onEvent: (event) => hear(event)
    })
  } catch (error) {
    tell({ kind: 'failed-to-start', request, failure: failureOf(error) })
    return
  }
  const { id, processFolder } = run
  going.set(id, run)
  tell({ kind: 'started', request, run: id, number: processFolder.number, folder: processFolder.path, events: first })
  const batches = batchEvents((events) => tell({ kind: 'events', run: id, events }), later)
  hear = (event) => batches.add(event)
  const failure = await run.settled.then(() => undefined, failureOf)
  batches.flush()
  going.delete(id)
  tell({ kind: 'finished', run: id, ...(failure && { failure }) })
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
