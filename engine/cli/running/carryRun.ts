import type { StartedRun } from '../../host/index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { exitCodeOf, exitCodes } from './exitCode.ts'
import type { Terminal } from '../terminal.ts'

/** What goes with a run on the command line. */
export interface Carried {
  readonly json: boolean
  readonly quiet?: boolean
  /** Milliseconds after which it is cancelled. */
  readonly timeout?: number | undefined
  /** The command that goes on with the run of this id after it was interrupted. */
  readonly resume: (run: string) => string
}

/**
 * Begins a run and stays with it until it is settled. Ctrl+C cancels it; SIGTERM, as the system sends when it shuts down,
 * interrupts it so that it can be resumed: also when they come while it begins. The second signal ends the process at once.
 * Answers the exit status. Rejects as `begin` does.
 */
export async function carryRun(
  begin: () => Promise<StartedRun>,
  { json, quiet = false, timeout, resume }: Carried,
  terminal: Terminal
): Promise<number> {
  const onceBegun = (act: (run: StartedRun) => void): void => void begun.then(act, () => undefined)
  const forget = onSignals({
    SIGINT: () => {
      terminal.remark(cliMessages.stopping)
      onceBegun((run) => run.cancel())
    },
    SIGTERM: () => {
      terminal.remark(cliMessages.suspending)
      onceBegun((run) => void run.suspend())
    }
  })
  const begun = begin()
  let timer: NodeJS.Timeout | undefined
  try {
    const run = await begun
    if (timeout !== undefined)
      timer = setTimeout(() => {
        terminal.remark(cliMessages.timedOut(timeout))
        run.cancel()
      }, timeout)
    const settled = await run.settled
    if (settled.state === 'suspended') {
      if (settled.error) terminal.remark(settled.error.message)
      terminal.remark(cliMessages.suspended(resume(run.id)))
      return settled.error ? exitCodeOf(await replied(run), settled) : exitCodes.terminated
    }
    if (!json && !quiet) terminal.print(cliMessages.keptIn(run.processFolder.path))
    return exitCodeOf(await replied(run), settled)
  } finally {
    clearTimeout(timer)
    forget()
  }
}

const replied = async ({ reply }: StartedRun): Promise<boolean> => (await reply).kind === 'replied'

/** Calls these at the first signal; a second one ends the process, after `last`. Returns what undoes this. */
export function onSignals(first: Readonly<Record<'SIGINT' | 'SIGTERM', () => void>>, last?: () => void): () => void {
  let times = 0
  const listen = (signal: 'SIGINT' | 'SIGTERM', status: number) => {
    const listener = (): void => {
      times += 1
      if (times > 1) {
        last?.()
        process.exit(status)
      }
      first[signal]()
    }
    process.on(signal, listener)
    return () => void process.off(signal, listener)
  }
  const forget = [listen('SIGINT', exitCodes.interrupted), listen('SIGTERM', exitCodes.terminated)]
  return () => forget.forEach((each) => each())
}
