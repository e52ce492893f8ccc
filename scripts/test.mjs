// `npm test`: everything from a fresh clone to all tests run. The last line is always `N passed, N failed`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildStudio } from './build.mjs'
import { run, runNode } from './command.mjs'
import { resolveRuntime, runtimeEnv } from './electron-runtime.mjs'
import { at, tool } from './project.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/** @typedef {{ passed: number, failed: number }} Score */

const work = mkdtempSync(path.join(os.tmpdir(), 'tailrace-test-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))
const endToEnd = at('electron/e2e/run.mjs')

/** A part that cannot even start counts as one failed test. @param {string} name @param {() => Promise<Score>} part */
async function score(name, part) {
  console.log(`\n--- ${name}`)
  try {
    return await part()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  }
}

/** @returns {Promise<Score>} */
async function unitTests() {
  const file = path.join(work, 'vitest.json')
  const { code } = await runNode(tool('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${file}`
  ])
  if (!existsSync(file)) throw new Error('Vitest did not finish: see the messages above.')
  const report = JSON.parse(readFileSync(file, 'utf8'))
  // A test file that does not load has no tests in the report, but it has failed.
  const unloaded = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ suite) =>
      suite.status === 'failed' && suite.assertionResults.length === 0
  )
  return honest({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }, code)
}

/** @returns {Promise<Score>} */
async function endToEndTests() {
  if (!existsSync(endToEnd)) {
    console.log('electron/e2e/run.mjs is not there yet: skipped.')
    return { passed: 0, failed: 0 }
  }
  await ensureSystemPackages({ withDisplay: true })
  const runtime = await resolveRuntime()
  await buildStudio()
  const file = path.join(work, 'e2e.json')
  const env = { ...runtimeEnv(runtime), E2E_RESULT: file }
  const node = [process.execPath, endToEnd]
  const [command, ...args] =
    process.platform === 'linux' ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...node] : node
  const { code } = await run(/** @type {string} */ (command), args, { env, minutes: 30 })
  if (!existsSync(file)) throw new Error('The end-to-end tests did not finish: see the messages above.')
  return honest(JSON.parse(readFileSync(file, 'utf8')), code)
}

/** Nobody may fail without it showing in the count. @param {Score} score @param {number} code */
const honest = ({ passed, failed }, code) => ({ passed, failed: code === 0 ? failed : Math.max(failed, 1) })

const scores = [await score('unit tests', unitTests), await score('end-to-end tests', endToEndTests)]

const passed = scores.reduce((sum, each) => sum + each.passed, 0)
const failed = scores.reduce((sum, each) => sum + each.failed, 0)
if (passed + failed === 0) console.error('No test was run, so nothing is proved.')
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
