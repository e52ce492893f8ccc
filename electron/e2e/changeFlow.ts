import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { OpenStudio } from './openStudio.ts'

/** Changes the file of a flow, as a text editor would, and waits until the studio has seen it. */
export async function changeFlow(
  { folder, page }: OpenStudio,
  flow: string,
  change: (text: string) => string
): Promise<void> {
  const file = path.join(folder, `${flow}.flow.json`)
  const before = await readFile(file, 'utf8')
  const after = change(before)
  if (after === before) throw new Error(`Nothing was changed in ${flow}.`)
  const seen = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const off = window.studio.on('folder:changed', () => {
          off()
          resolve()
        })
      })
  )
  await writeFile(file, after)
  await seen
}
