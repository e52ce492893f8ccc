import type { Command, CommandOption, CommandWord } from '../grammar/command.ts'

/** The script by which zsh completes `tailrace`: what stands in a file `_tailrace` of its `fpath`. */
export function zshScript(commands: readonly Command[]): string[] {
  return [
    '#compdef tailrace',
    '# zsh completion of tailrace',
    '_tailrace_runs() {',
    '  local -a runs',
    '  runs=(${(f)"$(tailrace runs 2>/dev/null | cut -d \' \' -f 1)"})',
    '  compadd -a runs',
    '}',
    '_tailrace() {',
    '  local -a commands',
    '  commands=(',
    ...commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`),
    '  )',
    '  if (( CURRENT == 2 )); then',
    '    _describe -t commands command commands',
    '    return',
    '  fi',
    '  shift words',
    '  (( CURRENT-- ))',
    '  case $words[1] in',
    ...commands.flatMap((command) => [
      `    ${command.name})`,
      '      _arguments \\',
      ...Object.entries(command.options).map(([name, option]) => `        ${quoted(optionSpec(name, option))} \\`),
      ...Object.entries(command.words).map(
        ([name, word], index) => `        ${quoted(`${word.many ? '*' : index + 1}:${name}:${actionFor(word)}`)} \\`
      ),
      `        ${quoted('--help[Shows what belongs to this command]')}`,
      '      ;;'
    ]),
    '  esac',
    '}',
    // Read as a function of the name, it is called; sourced, it is set.
    'if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _tailrace "$@"; else compdef _tailrace tailrace; fi'
  ]
}

function optionSpec(name: string, { value, summary, many, choices }: CommandOption): string {
  const described = `${many ? '*' : ''}--${name}[${summary.replaceAll(/[\][\\:]/g, '\\$&')}]`
  if (value === undefined) return described
  const action = choices ? `(${choices.join(' ')})` : value === 'DIR' ? '_files -/' : value === 'FILE' ? '_files' : ''
  return `${described}:${value}:${action}`
}

function actionFor({ offers, choices }: CommandWord): string {
  if (choices) return `(${choices.join(' ')})`
  if (offers === 'run') return '_tailrace_runs'
  if (offers === 'flow') return '_files -g "*.flow.json"'
  return offers === 'path' ? '_files' : ''
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
