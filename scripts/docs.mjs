// `npm run docs`: writes the pages of all steps, of the expression language and of the command line into docs/, and the
// manual page of the command, from their definitions. The unit tests fail when they are not current.
import { mkdirSync, rmSync } from 'node:fs'
import { fail, runNode } from './command.mjs'
import { at, tool } from './project.mjs'

try {
  rmSync(at('docs/steps'), { recursive: true, force: true })
  mkdirSync(at('docs/steps'), { recursive: true })
  const { code, output } = await runNode(tool('vitest'), ['run', 'scripts/docs', '--update'], { quiet: true })
  if (code !== 0) throw new Error(`${output}\nThe pages could not be made: see the messages above.`)
  console.log('docs/steps, docs/expressions.md, docs/command-line.md and resources/linux/tailrace.1 are current.')
} catch (error) {
  fail(error)
}
