// `npm run check`: everything that can be known without opening the studio. Two checks at a time; one line each, then
// what the failed ones said. `npm run check -- lint types` runs only the checks whose names contain these words.
import os from 'node:os'
import { runNode } from './command.mjs'
import { at, tool } from './project.mjs'

/** @param {string} name @param {string[]} args @param {string} [bin] @returns {[string, string[]]} */
const npm = (name, args, bin) => [tool(name, bin), args]

/** Not the style sheets: the compiler reads those, and svelte-check asks for properties only other browsers lack. */
const svelteCheck = ['--diagnostic-sources', 'js,svelte', '--output', 'human']

/** The slow ones first: then both hands are busy to the end. @type {[name: string, command: [string, string[]]][]} */
const checks = [
  ['lint', npm('eslint', ['.', '--max-warnings', '0'])],
  ['unit tests', npm('vitest', ['run', '--reporter=dot'])],
  [
    'types: renderer',
    npm('svelte-check', ['--tsconfig', at('tsconfig.renderer.json'), '--fail-on-warnings', ...svelteCheck])
  ],
  ['types: host', npm('typescript', ['-p', at('tsconfig.host.json')], 'tsc')],
  ['types: engine', npm('typescript', ['-p', at('tsconfig.engine.json')], 'tsc')],
  ['types: tests', npm('typescript', ['-p', at('tsconfig.tests.json')], 'tsc')],
  ['types: scripts', npm('typescript', ['-p', at('tsconfig.scripts.json')], 'tsc')],
  ['format', npm('prettier', ['--check', '--log-level', 'warn', '.'])],
  [
    'layers',
    npm(
      'dependency-cruiser',
      ['--config', at('.dependency-cruiser.cjs'), 'engine', 'electron', 'renderer', 'scripts'],
      'depcruise'
    )
  ],
  ['layer proofs', [at('scripts/layer-proofs.mjs'), []]],
  ['dead code', npm('knip', ['--no-progress', '--no-config-hints'])]
]

const words = process.argv.slice(2)
const wanted = checks.filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)))
if (wanted.length === 0) {
  console.error(`No check is called that. There are: ${checks.map(([name]) => name).join(', ')}.`)
  process.exit(2)
}

/** @type {{ name: string, output: string }[]} */
const failures = []
const queue = [...wanted]
const env = { ...process.env, ...(process.stderr.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) }

async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [name, [script, args]] = next
    const started = Date.now()
    const { code, output } = await runNode(script, args, { env, quiet: true })
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${seconds.padStart(6)} s`)
    if (code !== 0) failures.push({ name, output })
  }
}

await Promise.all(Array.from({ length: Math.min(2, os.availableParallelism()) }, work))

for (const { name, output } of failures) console.error(`\n--- ${name}\n\n${output.trim()}`)
console.log(failures.length === 0 ? '\nAll is well.' : `\n${failures.length} of ${wanted.length} checks failed.`)
process.exitCode = failures.length === 0 ? 0 : 1
