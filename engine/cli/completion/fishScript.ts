import type { Command, CommandOption, CommandWord } from '../grammar/command.ts'

/** The script by which fish completes `tailrace`. */
export function fishScript(commands: readonly Command[]): string[] {
  return [
    '# fish completion of tailrace',
    'complete -c tailrace -f',
    ...commands.map(
      ({ name, summary }) => `complete -c tailrace -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`
    ),
    ...commands.flatMap(({ name, options, words }) => {
      const here = `complete -c tailrace -n '__fish_seen_subcommand_from ${name}'`
      return [
        ...Object.entries(options).map(
          ([option, what]) => `${here} -l ${option}${valueOf(what)} -d ${quoted(what.summary)}`
        ),
        ...Object.values(words)
          .slice(0, 1)
          .flatMap((word) => wordsFor(word).map((what) => `${here} ${what}`))
      ]
    })
  ]
}

function valueOf({ value, choices }: CommandOption): string {
  if (value === undefined) return ''
  if (choices) return ` -x -a '${choices.join(' ')}'`
  if (value === 'DIR') return " -x -a '(__fish_complete_directories)'"
  return value === 'FILE' ? ' -r -F' : ' -x'
}

function wordsFor({ offers, choices }: CommandWord): string[] {
  if (choices) return [`-a '${choices.join(' ')}'`]
  if (offers === 'run') return [`-a "(tailrace runs 2>/dev/null | string split -f 1 ' ')"`]
  if (offers === 'flow') return ["-a '(__fish_complete_suffix .flow.json)'"]
  return offers === 'path' ? ['-F'] : []
}

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`
