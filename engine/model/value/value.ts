/**
 * Flow data is plain JSON. The few things JSON has no word for are records with a `$type`, so that a value can go
 * into a journal, over IPC and into a flow file as it is. Values are never changed in place.
 */
export type Value = null | boolean | number | string | readonly Value[] | ValueRecord

/** Named values. */
export type ValueRecord = { readonly [name: string]: Value }

/** A moment in time: ISO 8601, UTC, with milliseconds. */
export type DateValue = { readonly $type: 'Date'; readonly iso: string }

/**
 * A document. `path` is relative to the run's process folder, or to the Designer Folder when `from` says so, with
 * forward slashes; `size` in bytes.
 */
export type FileReference = {
  readonly $type: 'File'
  readonly from?: 'folder'
  readonly path: string
  readonly name: string
  readonly size: number
}

/** Somebody who gets mail: an address, and whatever columns stood beside it in the list it came from. */
export type EmailRecipient = { readonly address: string; readonly [column: string]: Value }

/** A text whose last fields the step itself fills in, once per item (Send Email: `{{recipient.First Name}}`). */
export type TemplateValue = {
  readonly $type: 'Template'
  readonly format: 'text' | 'html'
  readonly parts: readonly (string | { readonly field: string })[]
}

/** Whether `value` is a record (not null, not a list). */
export function isRecord(value: Value | undefined): value is ValueRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * What a record holds under a name; undefined when it holds nothing, also where every object has something, such as
 * `constructor`. For names that come out of files, or that people choose.
 */
export function entryOf<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined
}

/** The value at `path` inside `value`, own properties only; undefined when there is none. */
export function valueAt(value: Value | undefined, path: readonly string[]): Value | undefined {
  let found = value
  for (const name of path) {
    if (Array.isArray(found)) {
      const index = Number(name)
      found = Number.isInteger(index) ? (found as readonly Value[])[index] : undefined
    } else if (isRecord(found) && Object.hasOwn(found, name)) found = found[name]
    else return undefined
  }
  return found
}
