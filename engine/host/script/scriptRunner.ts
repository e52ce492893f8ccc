import { Worker } from 'node:worker_threads'
import { hostMessages } from '../../messages/host.ts'
import { Cancelled, type CancelSignal, StepFailure, type Value } from '../../model/index.ts'
import type { ScriptError, ScriptJob, ScriptNotice } from './scriptJob.ts'
import program from './scriptWorker.ts?bundled'

/** By how much a script may pass its deadline before its thread is ended, in milliseconds. */
const grace = 10

/** How long the thread may take to be there, in milliseconds. */
const startTime = 30_000

/**
 * The sandbox ends what a script does too deeply long before this is used up; JavaScript's own limits here are the
 * second line, behind which only the thread goes down.
 */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 16 }

interface Waiting {
  readonly job: ScriptJob
  settle(end: Value | Error): void
}

/**
 * The thread in which the scripts of this process run, one at a time. It starts with the first script, keeps no process
 * alive when it has nothing to do, and is ended together with a script that does not end.
 */
export class ScriptRunner {
  readonly #queue: Waiting[] = []
  #worker: Worker | undefined
  #running: Waiting | undefined
  #timer: NodeJS.Timeout | undefined

  /** As ScriptService.run. The deadline begins when it is the script's turn. */
  run(job: ScriptJob, signal: CancelSignal): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (signal.cancelled) {
        reject(new Cancelled())
        return
      }
      const forget = signal.onCancel(() => this.#cancel(waiting))
      const waiting: Waiting = {
        job,
        settle: (end) => {
          forget()
          if (end instanceof Error) reject(end)
          else resolve(end)
        }
      }
      this.#queue.push(waiting)
      this.#next()
    })
  }

  /** Ends the thread. What is running or waiting is cancelled; the next script starts a new thread. */
  close(): void {
    const rest = this.#queue.splice(0)
    this.#end(new Cancelled())
    this.#kill()
    for (const waiting of rest) waiting.settle(new Cancelled())
  }

  #next(): void {
    if (this.#running) return
    this.#running = this.#queue.shift()
    if (!this.#running) {
      this.#worker?.unref()
      return
    }
    const worker = (this.#worker ??= this.#start())
    worker.ref()
    worker.postMessage(this.#running.job)
    this.#limit(startTime, { why: 'thrown', message: hostMessages.scriptNoThread })
  }

  #start(): Worker {
    const worker = new Worker(program(), {
      eval: true,
      name: 'Scripts',
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits
    })
    worker.on('message', (notice: ScriptNotice) => this.#worker === worker && this.#hear(notice))
    worker.on('error', (error) => this.#worker === worker && this.#lost(error))
    worker.on('exit', () => this.#worker === worker && this.#lost(new Error(hostMessages.scriptNoThread)))
    return worker
  }

  #hear(notice: ScriptNotice): void {
    switch (notice.kind) {
      case 'began':
        this.#limit((this.#running?.job.deadline ?? 0) + grace, { why: 'timeout' })
        return
      case 'returned':
        if (notice.spent) this.#kill()
        this.#end(notice.value)
        break
      case 'failed':
        if (notice.spent) this.#kill()
        this.#end(this.#failure(notice))
    }
    this.#next()
  }

  /** Ends thread and script in `milliseconds`, unless something happens before. */
  #limit(milliseconds: number, error: ScriptError): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const failure = this.#failure(error)
      this.#kill()
      this.#end(failure)
      this.#next()
    }, milliseconds)
  }

  #lost(error: Error): void {
    const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    const failure = this.#failure(memory ? { why: 'memory' } : { why: 'thrown', message: error.message })
    this.#kill()
    this.#end(failure)
    this.#next()
  }

  #cancel(waiting: Waiting): void {
    if (this.#running === waiting) {
      this.#kill()
      this.#end(new Cancelled())
      this.#next()
      return
    }
    const index = this.#queue.indexOf(waiting)
    if (index >= 0) this.#queue.splice(index, 1)
    waiting.settle(new Cancelled())
  }

  #end(end: Value | Error): void {
    clearTimeout(this.#timer)
    const ended = this.#running
    this.#running = undefined
    ended?.settle(end)
  }

  #kill(): void {
    void this.#worker?.terminate()
    this.#worker = undefined
  }

  #failure(error: ScriptError): StepFailure {
    switch (error.why) {
      case 'timeout':
        return new StepFailure('script-timeout', hostMessages.scriptTimeout(this.#running?.job.deadline ?? 0))
      case 'memory':
        return new StepFailure('script-memory', hostMessages.scriptMemory)
      case 'recursion':
        return new StepFailure('script-failed', hostMessages.scriptRecursion)
      case 'promise':
        return new StepFailure('script-failed', hostMessages.scriptPromise)
      case 'nested':
        return new StepFailure('script-failed', hostMessages.scriptNested)
      case 'thrown':
        return new StepFailure(
          'script-failed',
          hostMessages.scriptFailed(error.message, error.line),
          error.line === undefined ? undefined : { line: error.line }
        )
    }
  }
}
