import { safeName } from './safePath.ts'

/** What the names of flow files end with. */
export const flowFileSuffix = '.flow.json'

/** The name of the file of a flow that is called `name`. */
export const flowFileName = (name: string): string => safeName(name, 'Flow') + flowFileSuffix

/** What the flow in `file` is called, as far as the file's name tells. */
export const nameOfFlowFile = (file: string): string =>
  file.slice(file.lastIndexOf('/') + 1).replace(/\.flow\.json$/, '')

/** `file`, with a number before its suffix when `taken` has it already. */
export function freeName(file: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.normalize('NFC').toLowerCase()))
  const name = nameOfFlowFile(file)
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? file : `${name} ${number}${flowFileSuffix}`
    if (!used.has(candidate.normalize('NFC').toLowerCase())) return candidate
  }
}
