/** What one request may weigh, roughly in characters of JSON. */
export const heaviestRequest = 32_000_000

const deepest = 100

/**
 * Whether `value` is plain JSON (undefined counts as an absent field), no deeper than 100 and no heavier than `limit`.
 * What crosses between processes is cloned, so that it could also be a Date, a Map, bytes or a ring.
 */
export function isPlainData(value: unknown, limit = heaviestRequest): boolean {
  let weight = 0

  const isPlain = (part: unknown, depth: number): boolean => {
    weight += typeof part === 'string' ? part.length + 2 : 4
    if (weight > limit || depth > deepest) return false
    if (part === null || part === undefined || typeof part === 'boolean' || typeof part === 'string') return true
    if (typeof part === 'number') return Number.isFinite(part)
    if (typeof part !== 'object') return false
    if (Array.isArray(part)) return part.every((item) => isPlain(item, depth + 1))
    if (Object.getPrototypeOf(part) !== Object.prototype) return false
    return Object.entries(part).every(([name, item]) => {
      weight += name.length
      return name !== '__proto__' && isPlain(item, depth + 1)
    })
  }

  return isPlain(value, 0)
}
