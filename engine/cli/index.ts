import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { version } from '../../package.json'
import { stepOf } from '../index.ts'
import { FlowInvalid, HostError, systemCode } from '../host/index.ts'
import { cliMessages } from '../messages/cli.ts'
import { hostMessages } from '../messages/host.ts'
import { commands } from './commands/index.ts'
import { helpOf, helpOfAll } from './grammar/helpText.ts'
import { parseCommand } from './grammar/parseCommand.ts'
import { UsageError } from './grammar/usageError.ts'
import { exitCodes } from './running/exitCode.ts'
import { processTerminal, type Terminal } from './terminal.ts'

export { type Command, optionUsage, usageOf } from './grammar/command.ts'
export { commands } from './commands/index.ts'

/** What the exit statuses of all commands mean. */
export const { exitStatuses } = cliMessages

/**
 * The `tailrace` command. `argv` are the last arguments of this process, behind whatever started it. Answers the exit
 * status once everything has been printed. The process may have timers left: end it.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  const terminal = processTerminal()
  const code = await perform(argv, terminal).catch((error: unknown) => explain(error, terminal))
  await terminal.flushed()
  return code
}

async function perform(argv: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseCommand(argv, commands)
  if (parsed.kind === 'command') return parsed.command.perform(parsed.given, terminal, argv)
  if (parsed.kind === 'version') terminal.print(version)
  else for (const line of parsed.command ? helpOf(parsed.command) : helpOfAll(commands)) terminal.print(line)
  return exitCodes.fine
}

/** Says what went wrong before anything ran. Answers the exit status. */
function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof FlowInvalid) {
    let file = ''
    for (const { path, flow, problem } of error.problems) {
      if (path !== file) terminal.remark(path)
      file = path
      const step = problem.step === undefined ? undefined : (stepOf(flow, problem.step)?.name ?? problem.step)
      terminal.remark(cliMessages.problem(problem.severity, step, problem.field, problem.message))
    }
    terminal.remark(error.message)
  } else if (error instanceof UsageError) {
    terminal.remark(error.message)
    terminal.remark(cliMessages.seeHelp)
  } else if (error instanceof HostError) for (const line of error.message.split('\n')) terminal.remark(line)
  else if (systemCode(error) !== '') terminal.remark(cliMessages.systemRefused(pathOf(error), hostMessages.why(error)))
  else terminal.remark(cliMessages.unexpected(error instanceof Error ? error.message : String(error)))
  return exitCodes.wrongUsage
}

/** The file that a failed call of the system was about. */
const pathOf = (error: unknown): string =>
  error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : ''

/** Whether Node was told to run this very file. */
function isEntry(): boolean {
  const [, script] = process.argv
  try {
    return script !== undefined && realpathSync(script) === realpathSync(fileURLToPath(import.meta.url))
  } catch {
    return false
  }
}

if (isEntry()) process.exit(await runCli(process.argv.slice(2)))
