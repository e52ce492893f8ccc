// `npm run demo`: the first flow ever drawn for Tailrace, in a terminal.
import { buildCli, cli } from './build.mjs'
import { fail, runNode } from './command.mjs'

try {
  await buildCli()
  const { code } = await runNode(cli, ['demo', ...process.argv.slice(2)], { cwd: process.env.INIT_CWD })
  process.exitCode = code
} catch (error) {
  fail(error)
}
