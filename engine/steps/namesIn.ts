import type { Value } from '../model/index.ts'

/** The names that a setting of several texts lists, each once; none where it is anything else. */
export function namesIn(setting: Value): readonly string[] {
  if (!Array.isArray(setting)) return []
  const names = (setting as readonly Value[]).filter((name): name is string => typeof name === 'string' && name !== '')
  return [...new Set(names)]
}
