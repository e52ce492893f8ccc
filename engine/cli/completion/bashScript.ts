import type { Command, CommandOption, CommandWord } from '../grammar/command.ts'

/** The script by which bash completes `tailrace`. */
export function bashScript(commands: readonly Command[]): string[] {
  const names = [...commands.map(({ name }) => name), '--help', '--version']
  return [
    '# bash completion of tailrace',
    '_tailrace() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}',
    '  COMPREPLY=()',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    ${offer(`-W '${names.join(' ')}'`)}`,
    '    return',
    '  fi',
    '  case "$command $prev" in',
    ...commands.flatMap(({ name, options }) =>
      Object.entries(options).flatMap(([option, what]) => optionCase(name, option, what))
    ),
    '  esac',
    '  case "$command" in',
    ...commands.flatMap((command) => [
      `    ${command.name})`,
      `      if [[ $cur == -* ]]; then ${offer(`-W '${optionsOf(command)}'`)}; return; fi`,
      ...Object.values(command.words)
        .slice(0, 1)
        .map((word) => `      ${wordsFor(word)}`),
      '      ;;'
    ]),
    '  esac',
    '}',
    'complete -F _tailrace tailrace'
  ]
}

const offer = (what: string): string => `mapfile -t COMPREPLY < <(compgen ${what} -- "$cur")`

const files = (what: string): string => `compopt -o filenames 2>/dev/null; ${offer(what)}`

const optionsOf = ({ options }: Command): string =>
  [...Object.keys(options), 'help'].map((name) => `--${name}`).join(' ')

function optionCase(command: string, option: string, { value, choices }: CommandOption): string[] {
  if (value === undefined) return []
  const what = choices ? offer(`-W '${choices.join(' ')}'`) : (fileOption(value) ?? ':')
  return [`    '${command} --${option}') ${what}; return ;;`]
}

function fileOption(value: string): string | undefined {
  if (value === 'DIR') return files('-d')
  return value === 'FILE' ? files('-f') : undefined
}

function wordsFor({ offers, choices }: CommandWord): string {
  if (choices) return offer(`-W '${choices.join(' ')}'`)
  if (offers === 'run') return offer(`-W "$(tailrace runs 2>/dev/null | cut -d ' ' -f 1)"`)
  if (offers === 'flow')
    return `compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -X '!*.flow.json' -- "$cur"; compgen -d -- "$cur")`
  return offers === 'path' ? files('-f') : ':'
}
