import { cliMessages } from '../../messages/cli.ts'
import { type Command, optionUsage, usageOf } from './command.ts'

/** The widest line, in characters. */
const width = 120

/** What `tailrace --help` prints, line by line. */
export function helpOfAll(commands: readonly Command[]): string[] {
  return [
    cliMessages.usage('COMMAND'),
    '',
    ...columns(commands.map((command) => [usageOf(command), command.summary])),
    ...commands.flatMap((command) =>
      Object.keys(command.options).length === 0
        ? []
        : ['', cliMessages.optionsOf(command.name), ...optionLines(command)]
    ),
    '',
    ...columns([
      ['--help', cliMessages.helpSummary],
      ['--version', cliMessages.versionSummary]
    ]),
    '',
    ...wrapped(cliMessages.exitStatuses, width)
  ]
}

/** What `tailrace COMMAND --help` prints, line by line. */
export function helpOf(command: Command): string[] {
  return [
    cliMessages.usage(usageOf(command)),
    '',
    ...wrapped(`${command.summary}.`, width),
    '',
    ...optionLines(command)
  ]
}

const optionLines = ({ options }: Command): string[] =>
  columns(Object.entries(options).map(([name, option]) => [optionUsage(name, option), option.summary]))

/** Two columns, the second one wrapped. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const first = Math.max(...rows.map(([left]) => left.length)) + 4
  return rows.flatMap(([left, right]) =>
    wrapped(right, width - first).map((line, index) => (index === 0 ? `  ${left}` : '').padEnd(first) + line)
  )
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
