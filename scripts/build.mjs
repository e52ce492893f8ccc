// Builds what is older than its sources: the studio (out/) or only the command line (out/main/cli.js).
// `node scripts/build.mjs` builds the studio anyway, `node scripts/build.mjs cli` the command line, and
// `node scripts/build.mjs bench` the benchmark (out/bench/bench.js).
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail, runNode } from './command.mjs'
import { at, tool } from './project.mjs'
import { lock } from './runtime/lock.mjs'

export const cli = at('out/main/cli.js')
/** Of the workloads; or of another benchmark, by the name of its file. */
export const bench = (part = 'bench') => at(`out/bench/${part}.js`)
const studio = [at('out/main/index.js'), cli, at('out/main/runner.js'), at('out/preload/index.cjs')].concat(
  at('out/renderer/index.html')
)
const sources = {
  cli: ['engine', 'scripts/bundled-text.mjs', 'vite.cli.config.ts', 'package.json', 'package-lock.json'],
  bench: ['engine', 'scripts/bundled-text.mjs', 'vite.bench.config.ts', 'package.json', 'package-lock.json'],
  studio: [
    'engine',
    'electron',
    'renderer',
    'scripts/bundled-text.mjs',
    'electron.vite.config.ts',
    'svelte.config.js',
    'package.json',
    'package-lock.json'
  ]
}

/** Builds the whole studio unless it is up to date. @param {{ always?: boolean }} [options] */
export async function buildStudio({ always = false } = {}) {
  await freshen(studio, sources.studio, { always, tell: console.error }, async () => {
    const { code } = await runNode(tool('electron-vite'), ['build', '--logLevel', 'warn'])
    if (code !== 0) throw new Error('The studio could not be built: see the messages above.')
  })
}

/** Builds the command line unless it is up to date. Says nothing when it works. @param {{ always?: boolean }} [options] */
export const buildCli = (options) => buildOneFile('The command line', cli, sources.cli, 'vite.cli.config.ts', options)

/**
 * Builds a benchmark unless it is up to date. Says nothing when it works.
 * @param {{ always?: boolean, part?: string }} [options]
 */
export const buildBench = ({ part = 'bench', ...options } = {}) => {
  process.env.TAILRACE_BENCH = part
  return buildOneFile('The benchmark', bench(part), sources.bench, 'vite.bench.config.ts', options)
}

/**
 * @param {string} what @param {string} product @param {string[]} from @param {string} config
 * @param {{ always?: boolean }} [options]
 */
async function buildOneFile(what, product, from, config, { always = false } = {}) {
  await freshen([product], from, { always, tell: () => undefined }, async () => {
    mkdirSync(path.dirname(product), { recursive: true })
    const work = mkdtempSync(at('out/build-'))
    try {
      const { code, output } = await runNode(
        tool('vite'),
        ['build', '--config', at(config), '--outDir', work, '--logLevel', 'warn'],
        { quiet: true }
      )
      if (code !== 0) throw new Error(`${output}\n${what} could not be built: see the messages above.`)
      renameSync(path.join(work, path.basename(product)), product)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  })
}

/**
 * @param {string[]} products @param {string[]} from
 * @param {{ always: boolean, tell: (line: string) => void }} how @param {() => Promise<void>} build
 */
async function freshen(products, from, { always, tell }, build) {
  const stale = () => always || oldest(products) < Math.max(...from.map((source) => newest(at(source))))
  if (!stale()) return
  const release = await lock(at('node_modules/.cache/tailrace-build.lock'), 'building', tell)
  try {
    if (!stale()) return
    const started = new Date()
    await build()
    // What was edited during the build counts as newer than it.
    for (const product of products) utimesSync(product, started, started)
  } finally {
    release()
  }
}

/** When the oldest of these was made; 0 when one is missing. @param {string[]} files */
const oldest = (files) => Math.min(...files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0))

/** When anything under here last changed: a folder changes when a file in it comes or goes. @param {string} file @returns {number} */
function newest(file) {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  const inside = readdirSync(file).filter((name) => !name.endsWith('.test.ts') && !['samples', 'e2e'].includes(name))
  return Math.max(stat.mtimeMs, ...inside.map((name) => newest(path.join(file, name))))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const build = { cli: buildCli, bench: buildBench }[process.argv[2] ?? ''] ?? buildStudio
  await build({ always: true }).catch(fail)
}
