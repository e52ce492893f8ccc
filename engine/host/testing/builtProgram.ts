import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'

/** The project's folder, absolute. */
const project = path.join(import.meta.dirname, '../../..')

/** Builds a program for the tests of a file, before the first of them. Answers what gives its file. `source`: from the project's folder on. */
export function builtProgram(source: string): () => string {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(project, 'node_modules/.test-program-'))
    const vite = path.join(project, 'node_modules/vite/bin/vite.js')
    const build = ['build', '--config', path.join(project, 'vite.cli.config.ts'), '--ssr', source, '--outDir', folder]
    const { status, stderr } = spawnSync(process.execPath, [vite, ...build], { cwd: project, encoding: 'utf8' })
    if (status !== 0) throw new Error(`“${source}” could not be built: ${stderr}`)
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return () => path.join(folder, 'cli.js')
}
