import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterEach } from 'vitest'
import type { OpenStudio } from './openStudio.ts'

/**
 * When a test fails, keeps a picture of the window, named as the test, in results/, and says what the window wrote to its
 * console. Call it after the hook that closes the studio: hooks run last one first.
 */
export function keepFailures(studio: () => OpenStudio | undefined): void {
  afterEach(async ({ task }) => {
    const open = studio()
    if (task.result?.state !== 'fail' || !open) return
    await mkdir(path.join(import.meta.dirname, 'results'), { recursive: true })
    const title = [task.suite?.name, task.name].filter(Boolean).join(' ')
    const name = `FAILED ${title.replace(/[^\p{L}\p{N} ]/gu, '').slice(0, 150)}`
    await open.screenshot(name).catch(() => console.error('The window was gone: there is no picture of it.'))
    if (open.errors.length > 0) console.error(`The window's console:\n${open.errors.join('\n')}`)
  })
}
