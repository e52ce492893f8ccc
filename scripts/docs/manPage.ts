import { type Command, exitStatuses, optionUsage, usageOf } from '../../engine/cli/index.ts'

/** The manual page of the `tailrace` command, as `man` reads it. */
export function manPage(commands: readonly Command[]): string {
  return `${[
    '.TH TAILRACE 1 "" "Tailrace" "User Commands"',
    '.SH NAME',
    'tailrace \\- runs flows of steps, and looks after their runs',
    '.SH SYNOPSIS',
    '.B tailrace',
    '.I COMMAND',
    '.br',
    '.B tailrace',
    '[\\fIDESIGNER FOLDER\\fR]',
    '.SH DESCRIPTION',
    'Without a command, the studio opens. The commands run flows, check them, and look after their runs; they need no display.',
    '.SH COMMANDS',
    ...commands.flatMap((command) => [
      '.TP',
      `.B tailrace ${man(usageOf(command))}`,
      `${man(command.summary)}.`,
      ...optionLines(command)
    ]),
    '.SH EXIT STATUS',
    man(exitStatuses.replace(/^Exit status: /, '')),
    '.SH ENVIRONMENT',
    '.TP',
    '.B TAILRACE_USER_DATA',
    'The folder of settings, accounts and of what is known about runs; shared with the studio.',
    '.TP',
    '.B TAILRACE_MAIL_PASSWORD',
    'The password for a mail server that wants one.'
  ].join('\n')}\n`
}

function optionLines({ options }: Command): string[] {
  const lines = Object.entries(options).flatMap(([name, option]) => [
    '.TP',
    `.B ${man(optionUsage(name, option))}`,
    `${man(option.summary)}.`
  ])
  return lines.length === 0 ? [] : ['.RS', ...lines, '.RE']
}

/** Text for troff: backslashes and hyphens stand for themselves, and a line does not begin as a request does. */
const man = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('“', '\\(lq')
    .replaceAll('”', '\\(rq')
    .replaceAll('`', '"')
    .replace(/^[.']/, '\\&$&')
