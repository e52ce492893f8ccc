import { parseArgs, type ParseArgsConfig } from 'node:util'
import { cliMessages } from '../../messages/cli.ts'
import { type Command, type CommandOption, type GivenValue, usageOf } from './command.ts'
import { UsageError } from './usageError.ts'

/** What the command line asks for. */
export type Parsed =
  | { readonly kind: 'command'; readonly command: Command; readonly given: Readonly<Record<string, GivenValue>> }
  /** Of one command, or of all. */
  | { readonly kind: 'help'; readonly command?: Command }
  | { readonly kind: 'version' }

/** Reads the command line, without the program's own name. Throws UsageError. */
export function parseCommand(argv: readonly string[], commands: readonly Command[]): Parsed {
  const [name = '', ...rest] = argv
  const known = commands.map((command) => command.name)
  if (name === '') throw new UsageError(cliMessages.noCommand(known))
  if (name === '--version') return { kind: 'version' }
  const isHelp = name === '--help' || name === '-h' || name === 'help'
  if (isHelp && rest.length === 0) return { kind: 'help' }
  const wanted = isHelp ? (rest[0] ?? '') : name
  const command = commands.find((one) => one.name === wanted)
  if (!command) throw new UsageError(cliMessages.unknownCommand(wanted, known))
  return isHelp ? { kind: 'help', command } : parseGiven(command, rest)
}

function parseGiven(command: Command, argv: readonly string[]): Parsed {
  const { values, positionals } = parse(argv, command.options)
  if (values.help === true) return { kind: 'help', command }
  const given: Record<string, GivenValue> = {}
  for (const [name, option] of Object.entries(command.options))
    given[name] = optionGiven(name, option, values[name] ?? [])
  const left = [...positionals]
  for (const [name, { needed, many, choices }] of Object.entries(command.words)) {
    const words = many ? left.splice(0) : left.splice(0, 1)
    if (needed !== undefined && words.length === 0) throw new UsageError(cliMessages.needs(needed, usageOf(command)))
    for (const word of words)
      if (choices && !choices.includes(word)) throw new UsageError(cliMessages.noChoice(word, choices))
    given[name] = many ? words : words[0]
  }
  if (left[0] !== undefined) throw new UsageError(cliMessages.tooMuch(left[0], usageOf(command)))
  return { kind: 'command', command, given }
}

function optionGiven(
  name: string,
  { value, many, choices }: CommandOption,
  found: readonly (string | boolean)[] | true
): GivenValue {
  if (value === undefined) return found === true || found.length > 0
  const texts = found === true ? [] : found.filter((one) => typeof one === 'string')
  const [first, second] = texts
  for (const text of texts)
    if (choices && !choices.includes(text)) throw new UsageError(cliMessages.noChoice(text, choices))
  if (many) return texts
  if (second !== undefined) throw new UsageError(cliMessages.optionTwice(name, first ?? '', second))
  return first
}

function parse(argv: readonly string[], options: Command['options']) {
  const config: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } }
  // Every option may be given twice here, so that a second one is told of instead of hiding the first.
  for (const [name, { value }] of Object.entries(options))
    config[name] = { type: value === undefined ? 'boolean' : 'string', multiple: true }
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: config, allowPositionals: true })
    const lists: Record<string, readonly (string | boolean)[] | true> = {}
    for (const [name, value] of Object.entries(values))
      if (Array.isArray(value)) lists[name] = value
      else if (value === true) lists[name] = true
    return { values: lists, positionals }
  } catch (error) {
    // Node's own words; what it says behind them concerns programmers.
    const [why = ''] = error instanceof Error ? error.message.split('. ') : [String(error)]
    throw new UsageError(cliMessages.wrongOption(why))
  }
}
