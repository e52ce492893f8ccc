import { type Value, isRecord } from './value.ts'

/** Whether two pieces of plain data are the same, whatever the order of their keys. */
export function sameData(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false
    return (one as readonly Value[]).every((item, index) => sameData(item, (other as readonly Value[])[index]))
  }
  if (!isRecord(one) || !isRecord(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameData(one[name], other[name]))
  )
}
