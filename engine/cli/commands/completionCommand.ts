import { bashScript } from '../completion/bashScript.ts'
import { fishScript } from '../completion/fishScript.ts'
import { zshScript } from '../completion/zshScript.ts'
import { type Command, defineCommand } from '../grammar/command.ts'
import { exitCodes } from '../running/exitCode.ts'

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const

/** `commands`: all there are, which it belongs to itself. */
export const completionCommand = (commands: () => readonly Command[]): Command =>
  defineCommand({
    name: 'completion',
    summary: 'Prints the script by which a shell completes commands, options, flows and runs',
    words: { shell: { needed: 'for which shell', choices: ['bash', 'zsh', 'fish'] } },
    options: {},
    perform(given, terminal) {
      for (const line of scripts[given.shell](commands())) terminal.print(line)
      return Promise.resolve(exitCodes.fine)
    }
  })
