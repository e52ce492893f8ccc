import { parseArgs, type ParseArgsConfig } from 'node:util'
import { cliMessages } from '../messages/cli.ts'
import type { DoubtHandling, Value, ValueRecord } from '../index.ts'
import { UsageError } from './usageError.ts'

/** What the command line asks for. */
export type Command =
  | ({ readonly command: 'run' } & RunArguments)
  | { readonly command: 'check'; readonly paths: readonly string[] }
  | { readonly command: 'runs'; readonly folder: string; readonly journal: string | undefined; readonly json: boolean }
  | ({ readonly command: 'resume' } & ResumeArguments)
  | { readonly command: 'demo' }
  | { readonly command: 'help' }
  | { readonly command: 'version' }

export interface RunArguments {
  readonly flow: string
  readonly inputs: ValueRecord
  readonly folder: string | undefined
  readonly mail: string
  readonly journal: string | undefined
  readonly json: boolean
  readonly wait: boolean
}

export interface ResumeArguments {
  /** The run's id, or the beginning of it. */
  readonly run: string
  readonly folder: string | undefined
  readonly journal: string | undefined
  readonly inDoubt: DoubtHandling | 'ask'
  /** Where mails go that name no account; as the run was started unless given. */
  readonly mail: string | undefined
  /** Whether a run is resumed that was not started here. */
  readonly trust: boolean
  readonly json: boolean
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

/** Reads the command line, without the program's own name. Throws UsageError. */
export function parseCommand(argv: readonly string[]): Command {
  const [command = '', ...rest] = argv
  switch (command) {
    case '--help':
    case '-h':
    case 'help':
      return { command: 'help' }
    case '--version':
      return { command: 'version' }
    case 'run':
      return parseRun(rest)
    case 'check': {
      const { positionals, help } = parse(rest, {})
      if (help) return { command: 'help' }
      if (positionals.length === 0) throw new UsageError(cliMessages.needsPath)
      return { command, paths: positionals }
    }
    case 'runs': {
      const { values, positionals, help } = parse(rest, { folder: text, journal: text, json: flag })
      if (help) return { command: 'help' }
      refuseExtra(command, positionals)
      return { command, folder: values.folder ?? '.', journal: values.journal, json: values.json ?? false }
    }
    case 'resume':
      return parseResume(rest)
    case 'demo': {
      const { positionals, help } = parse(rest, {})
      if (help) return { command: 'help' }
      refuseExtra(command, positionals)
      return { command }
    }
    case '':
      throw new UsageError(cliMessages.noCommand)
    default:
      throw new UsageError(cliMessages.unknownCommand(command))
  }
}

function parseRun(argv: readonly string[]): Command {
  const { values, positionals, help } = parse(argv, {
    input: { ...text, multiple: true },
    folder: text,
    mail: text,
    journal: text,
    json: flag,
    'no-wait': flag
  })
  if (help) return { command: 'help' }
  const [flow, extra] = positionals
  if (flow === undefined) throw new UsageError(cliMessages.needsFlow)
  if (extra !== undefined) throw new UsageError(cliMessages.oneFlowOnly(extra))
  return {
    command: 'run',
    flow,
    inputs: Object.fromEntries((values.input ?? []).map(parseInput)),
    folder: values.folder,
    mail: values.mail ?? 'outbox',
    journal: values.journal,
    json: values.json ?? false,
    wait: !(values['no-wait'] ?? false)
  }
}

function parseResume(argv: readonly string[]): Command {
  const { values, positionals, help } = parse(argv, {
    folder: text,
    journal: text,
    'in-doubt': text,
    mail: text,
    trust: flag,
    json: flag
  })
  if (help) return { command: 'help' }
  const [run, extra] = positionals
  if (run === undefined) throw new UsageError(cliMessages.needsRun)
  if (extra !== undefined) throw new UsageError(cliMessages.oneRunOnly(extra))
  return {
    command: 'resume',
    run,
    folder: values.folder,
    journal: values.journal,
    inDoubt: parseDoubt(values['in-doubt'] ?? 'ask'),
    mail: values.mail,
    trust: values.trust ?? false,
    json: values.json ?? false
  }
}

function parseDoubt(given: string): ResumeArguments['inDoubt'] {
  if (given === 'ask' || given === 'retry' || given === 'skip') return given
  throw new UsageError(cliMessages.doubtForm(given))
}

function parse<O extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: O) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true
    })
    return { values, positionals, help: 'help' in values && values.help === true }
  } catch (error) {
    // Node's own words; what it says behind them concerns programmers.
    const [why = ''] = error instanceof Error ? error.message.split('. ') : [String(error)]
    throw new UsageError(cliMessages.wrongOption(why))
  }
}

function refuseExtra(command: string, [extra]: readonly string[]): void {
  if (extra !== undefined) throw new UsageError(cliMessages.noArguments(command, extra))
}

/** `name=value`; a value that is no JSON is text. */
function parseInput(given: string): [string, Value] {
  const equals = given.indexOf('=')
  if (equals < 1) throw new UsageError(cliMessages.inputForm(given))
  const written = given.slice(equals + 1)
  try {
    return [given.slice(0, equals), JSON.parse(written) as Value]
  } catch {
    return [given.slice(0, equals), written]
  }
}
