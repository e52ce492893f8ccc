import { type Blob, blobRecord } from './blobs.ts'

/** Shorter texts are not looked for: they are no blobs. */
const shortest = 2000

/** How many large texts are remembered. */
const mostTexts = 16

/**
 * The large values of a journal, each put away once. Values are never changed, so the very same value, which steps hand on by
 * reference, is known again without its JSON.
 */
export class BlobShelf {
  readonly #hashes = new Set<string>()
  /** The records, as JSON, that stand for values. */
  readonly #objects = new WeakMap<object, string>()
  readonly #texts = new Map<string, string>()
  #waiting: Blob[] = []

  /** The record, as JSON, that stands for a value which was put away before; undefined when it was not. */
  recordOf(value: unknown): string | undefined {
    if (this.#hashes.size === 0) return undefined
    if (typeof value === 'object' && value !== null) return this.#objects.get(value)
    return typeof value === 'string' && value.length >= shortest ? this.#texts.get(value) : undefined
  }

  /** Puts `content`, the JSON of `value`, away; answers the record, as JSON, that stands for it. */
  putAway(value: unknown, content: Buffer): string {
    const record = blobRecord(content)
    const json = JSON.stringify(record)
    if (!this.#hashes.has(record.hash)) {
      this.#hashes.add(record.hash)
      this.#waiting.push({ hash: record.hash, content })
    }
    if (typeof value === 'object' && value !== null) this.#objects.set(value, json)
    else if (typeof value === 'string') {
      const [oldest] = this.#texts.keys()
      if (oldest !== undefined && this.#texts.size === mostTexts) this.#texts.delete(oldest)
      this.#texts.set(value, json)
    }
    return json
  }

  /** The blobs that have to be written, each given once. */
  take(): readonly Blob[] {
    if (this.#waiting.length === 0) return none
    const blobs = this.#waiting
    this.#waiting = []
    return blobs
  }
}

const none: readonly Blob[] = []
