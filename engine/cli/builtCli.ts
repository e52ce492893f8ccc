import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** What a command printed, line by line, and its exit status. */
export interface Finished {
  readonly code: number | null
  readonly out: readonly string[]
  readonly err: readonly string[]
}

/** A `tailrace` command that is running. */
export interface RunningCli {
  readonly process: ChildProcessWithoutNullStreams
  readonly finished: Promise<Finished>
  /** Resolves when a line with `text` has been printed. */
  printed(text: string): Promise<string>
}

/** The command line, built as it is shipped, for tests that run it as people do. */
export interface BuiltCli {
  start(args: readonly string[], cwd?: string): RunningCli
  run(args: readonly string[], cwd?: string): Promise<Finished>
  /** The names of the sockets by which its processes steer one another's runs. */
  sockets(): Promise<string[]>
  remove(): void
}

const project = path.join(import.meta.dirname, '../..')

export function buildCli(): BuiltCli {
  const folder = mkdtempSync(path.join(project, 'node_modules/.cli-test-'))
  const vite = path.join(project, 'node_modules/vite/bin/vite.js')
  const build = [
    'build',
    '--config',
    path.join(project, 'vite.cli.config.ts'),
    '--outDir',
    folder,
    '--logLevel',
    'warn'
  ]
  const { status, stderr } = spawnSync(process.execPath, [vite, ...build], { cwd: project, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The command line could not be built: ${stderr}`)
  const start = (args: readonly string[], cwd?: string): RunningCli => {
    // An account of the person who runs the tests is none of theirs.
    const env = { ...process.env, TAILRACE_USER_DATA: folder, TMPDIR: folder }
    const child = spawn(process.execPath, [path.join(folder, 'cli.js'), ...args], { env, cwd: cwd ?? folder })
    onTestFinished(() => void child.kill('SIGKILL'))
    return watch(child)
  }
  return {
    start,
    sockets: () => readdir(path.join(folder, 'control')),
    run: (args, cwd) => start(args, cwd).finished,
    remove: () => rmSync(folder, { recursive: true, force: true })
  }
}

function watch(child: ChildProcessWithoutNullStreams): RunningCli {
  const out: string[] = []
  const err: string[] = []
  const waiting: { readonly text: string; readonly found: (line: string) => void }[] = []
  const take = (lines: string[]) => (line: string) => {
    lines.push(line)
    for (const { text, found } of waiting) if (line.includes(text)) found(line)
  }
  byLine(child.stdout, take(out))
  byLine(child.stderr, take(err))
  return {
    process: child,
    finished: new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err }))),
    printed: (text) =>
      new Promise((found, reject) => {
        const already = [...out, ...err].find((line) => line.includes(text))
        if (already !== undefined) found(already)
        else waiting.push({ text, found })
        child.on('close', () => reject(new Error(`It ended without “${text}”: ${[...out, ...err].join('\n')}`)))
      })
  }
}

function byLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
  stream.on('end', () => rest !== '' && take(rest))
}
