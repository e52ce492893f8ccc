import { type Command, exitStatuses, optionUsage, usageOf } from '../../engine/cli/index.ts'
import { code, table } from './markdown.ts'

/** The page of the `tailrace` command. */
export function commandPage(commands: readonly Command[]): string {
  const parts = commands.flatMap((command) => [
    `## ${command.name}`,
    code(`tailrace ${usageOf(command)}`),
    `${command.summary}.`,
    ...optionTable(command)
  ])
  return `${[introduction, ...parts, '## Exit status', exitStatuses, completion].join('\n\n')}\n`
}

function optionTable({ options }: Command): string[] {
  const rows = Object.entries(options).map(([name, option]) => [code(optionUsage(name, option)), option.summary])
  return rows.length === 0 ? [] : [table(['Option', 'What it does'], rows)]
}

const introduction = `# The command line

What \`tailrace\` can do; in a clone, \`npx tailrace\`. This page is made from the definitions of the commands: \`npm run docs\`.

A run is named by its id, or by the beginning of it. Runs of every process of yours can be shown and steered, those of the
studio too: a process listens in a folder that only you can open.`

const completion = `## Completion

\`source <(tailrace completion bash)\` in \`~/.bashrc\`, or the same with zsh; \`tailrace completion fish | source\` in
\`~/.config/fish/config.fish\`. The Debian package brings all three, and \`man tailrace\`.`
