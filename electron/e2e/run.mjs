// Runs the end-to-end tests in real Electron. Words after it choose files: `npm run test:e2e -- walkThrough`.
// With E2E_RESULT in the environment it writes {"passed": n, "failed": n} there.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { startVitest } from 'vitest/node'

const config = path.join(import.meta.dirname, 'vitest.config.ts')
const vitest = await startVitest('test', process.argv.slice(2), { config, run: true, watch: false })
const files = vitest.state.getFiles()
const tests = files.flatMap(testsIn)
const failed = tests.filter((test) => test.result?.state === 'fail').length
const passed = tests.filter((test) => test.result?.state === 'pass').length
// A file that does not load has no tests, but it has failed.
const unloaded = files.filter((file) => file.result?.state === 'fail' && testsIn(file).length === 0).length
if (process.env.E2E_RESULT) writeFileSync(process.env.E2E_RESULT, JSON.stringify({ passed, failed: failed + unloaded }))
await vitest.close()
process.exitCode = failed + unloaded > 0 || passed === 0 ? 1 : 0

/** @param {import('vitest').RunnerTestSuite} suite @returns {import('vitest').RunnerTestCase[]} */
function testsIn(suite) {
  return suite.tasks.flatMap((task) => (task.type === 'suite' ? testsIn(task) : [task]))
}
