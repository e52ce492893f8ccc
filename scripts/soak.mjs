// `npm run soak -- --minutes 10 [--only killed]`: looks for cases that break the properties among fresh ones, until the time
// is over. A line tells for each property how many cases were looked at in its share of the time; what fails is told with its
// seed and kept in engine/testing/property/seeds, and the exit status is 1. `--only`: those whose names contain the word.
import { readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'
import { at, root } from './project.mjs'

const { values } = parseArgs({ options: { minutes: { type: 'string' }, only: { type: 'string', default: '' } } })
const minutes = Number(values.minutes)
if (!(minutes > 0)) {
  console.error('Say how long: npm run soak -- --minutes 10')
  process.exit(2)
}

const tests = ['engine', 'electron', 'renderer'].flatMap((folder) =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join(folder, file))
)
/** The properties, each with the test file that it stands in. */
const properties = tests.flatMap((file) => {
  const found = [...readFileSync(at(file), 'utf8').matchAll(/\b(?:holds|checkAll)\(\s*['`]([^'`]*)/g)]
  return found.flatMap(([, name = '']) => (name.includes(values.only) ? [{ file, name }] : []))
})
if (properties.length === 0) {
  console.error(`No property is called “${values.only}”.`)
  process.exit(2)
}

const end = Date.now() + minutes * 60_000
const hands = os.availableParallelism()
/** The properties that do not hold: one look at each will do. @type {Set<string>} */
const failed = new Set()
while (Date.now() < end) {
  const open = properties.filter(({ name }) => !failed.has(name))
  if (open.length === 0) break
  const files = [...new Set(open.map(({ file }) => file))]
  const share = ((end - Date.now()) / 1000 / open.length) * Math.min(hands, files.length)
  const vitest = await startVitest('test', files, {
    root,
    watch: false,
    reporters: [{}],
    disableConsoleIntercept: true,
    testTimeout: 600_000,
    env: {
      SOAK_SECONDS: String(Math.max(1, Math.min(60, Math.floor(share)))),
      SOAK_ONLY: values.only,
      SOAK_FAILED: JSON.stringify([...failed])
    }
  })
  for (const module of vitest.state.getTestModules())
    for (const test of module.children.allTests('failed')) failed.add(propertyOf(test))
  await vitest.close()
}
process.exitCode = failed.size > 0 ? 1 : 0

/** The property that a test checks which has failed; its own name when it failed otherwise. @param {import('vitest/node').TestCase} test */
function propertyOf(test) {
  const [error] = test.result().errors ?? []
  return /“(.*)” does not hold/.exec(error?.message ?? '')?.[1] ?? test.fullName
}
