// `npm run test:faults [-- NAME]`: the tests with real processes, full disks, power cuts and failing calls in their long form,
// which takes some minutes; each prints how much it has tried. `npm test` runs the same ones in their short form. NAME: only
// the files whose names contain it.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { startVitest } from 'vitest/node'
import { at, root } from './project.mjs'

const [only = ''] = process.argv.slice(2)
const files = readdirSync(at('engine'), { recursive: true, encoding: 'utf8' })
  .map((file) => path.join('engine', file))
  .filter((file) => file.endsWith('.test.ts') && file.includes(only))
  .filter((file) => readFileSync(at(file), 'utf8').includes('faultRounds('))
if (files.length === 0) {
  console.error(`No test of faults is called “${only}”.`)
  process.exit(2)
}
const vitest = await startVitest('test', files, {
  root,
  watch: false,
  disableConsoleIntercept: true,
  env: { FAULTS: 'many' }
})
await vitest.close()
