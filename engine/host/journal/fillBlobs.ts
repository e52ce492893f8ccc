import type { RunEvent } from '../../run/index.ts'

/** A value that stands in a blob: where the blob record is. */
export interface BlobPlace {
  readonly event: RunEvent
  readonly path: readonly string[]
}

/**
 * Puts what the blobs hold in its places, each value read once. Answers the number of the first event whose blob is missing or
 * wrong; undefined when there is none.
 */
export async function fillBlobs(
  places: readonly BlobPlace[],
  read: (hash: string) => Promise<{ readonly value: unknown } | undefined>
): Promise<number | undefined> {
  const known = new Map<string, { readonly value: unknown } | undefined>()
  for (const { event, path } of places) {
    const holder = path.slice(0, -1).reduce<unknown>((inside, name) => memberOf(inside, name), event)
    const name = path.at(-1) ?? ''
    const hash = memberOf(memberOf(holder, name), 'hash')
    const key = typeof hash === 'string' && /^[\da-f]{64}$/.test(hash) ? hash : ''
    if (key !== '' && !known.has(key)) known.set(key, await read(key))
    const found = known.get(key)
    if (!found || typeof holder !== 'object' || holder === null) return event.seq
    Reflect.set(holder, name, found.value)
  }
  return undefined
}

/** Own members only. */
const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
