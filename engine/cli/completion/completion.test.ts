import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../host/files/temporaryFolder.ts'
import { commands } from '../commands/index.ts'
import { bashScript } from './bashScript.ts'
import { fishScript } from './fishScript.ts'
import { zshScript } from './zshScript.ts'

const hasBash = spawnSync('bash', ['-c', 'mapfile -t a < <(true); type compgen']).status === 0

/** What bash offers for the last of these words; “tailrace runs” prints `runs`. */
function offered(words: readonly string[], cwd: string, runs = ''): string[] {
  const script = [
    ...bashScript(commands),
    `tailrace() { printf '%s\\n' '${runs}'; }`,
    'COMP_WORDS=(tailrace "$@"); COMP_CWORD=$#; _tailrace',
    'printf "%s\\n" "${COMPREPLY[@]}"'
  ].join('\n')
  const { stdout, status } = spawnSync('bash', ['-c', script, 'bash', ...words], { cwd, encoding: 'utf8' })
  expect(status).toBe(0)
  return stdout.split('\n').filter((line) => line !== '')
}

describe.runIf(hasBash)('completion in bash', () => {
  it('offers commands, options, what an option takes, flows and runs', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'Daily News.flow.json'), '')
    await writeFile(path.join(folder, 'Data.csv'), '')
    await mkdir(path.join(folder, 'Deep'))
    expect(offered(['ru'], folder)).toEqual(['run', 'runs'])
    expect(offered(['run', '--jo'], folder)).toEqual(['--journal'])
    expect(offered(['resume', '--in-doubt', ''], folder)).toEqual(['ask', 'retry', 'skip'])
    expect(offered(['run', 'D'], folder)).toEqual(['Daily News.flow.json', 'Deep'])
    expect(offered(['run', '--folder', 'D'], folder)).toEqual(['Deep'])
    expect(offered(['show', '2026-01'], folder, '2026-01-05-120000-abcd · News #1 · running')).toEqual([
      '2026-01-05-120000-abcd'
    ])
    expect(offered(['completion', ''], folder)).toEqual(['bash', 'zsh', 'fish'])
  })
})

describe('completion in other shells', () => {
  it('knows every command and every option', () => {
    const [zsh, fish] = [zshScript(commands).join('\n'), fishScript(commands).join('\n')]
    for (const { name, options } of commands) {
      expect(zsh).toContain(`    ${name})\n`)
      expect(fish).toContain(`-a ${name} -d `)
      for (const option of Object.keys(options)) {
        expect(zsh).toContain(`--${option}[`)
        expect(fish).toContain(`from ${name}' -l ${option} `)
      }
    }
  })
})
