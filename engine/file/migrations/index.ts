import type { ValueRecord } from '../../model/index.ts'

/**
 * Makes a flow file of the next version out of one of the version before. Plain JSON in and out, never today's types,
 * so that it stays right for ever. What it does not know it leaves alone.
 */
export interface Migration {
  /** What changed, in a few words. */
  readonly name: string
  up(file: ValueRecord): ValueRecord
}

/**
 * The first makes version 2, the second version 3, and so on. Append only: a migration that was released is never
 * changed again. Each version has its file in ../samples, which must stay readable.
 */
export const migrations: readonly Migration[] = []

/** The version of flow files that is written today. */
export const currentVersion = migrations.length + 1

/** A file of `version` brought up to today's version, step by step. */
export function migrate(
  file: ValueRecord,
  version: number,
  list: readonly Migration[] = migrations
): ValueRecord {
  let migrated = file
  for (const [index, migration] of list.entries())
    if (index >= version - 1) migrated = { ...migration.up(migrated), version: index + 2 }
  return migrated
}
