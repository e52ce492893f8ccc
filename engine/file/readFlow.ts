import { fileMessages } from '../messages/file.ts'
import { type FlowDocument, isRecord } from '../model/index.ts'
import { explainIssues } from './explainIssues.ts'
import { fileShape, formatName } from './fileShape.ts'
import { currentVersion, migrate } from './migrations/index.ts'
import { parseJson } from './parseJson.ts'
import type { FileProblem } from './plainValue.ts'

/** What became of reading a flow file. `message` is one text for people, `problems` has every single thing. */
export type ReadResult =
  /** `version` is the one the file was written in; it is migrated when it is written again. */
  | { readonly kind: 'ok'; readonly document: FlowDocument; readonly version: number }
  | { readonly kind: 'broken'; readonly message: string; readonly problems: readonly FileProblem[] }
  /** Written by a newer version of the program: to be left alone. */
  | { readonly kind: 'newer'; readonly message: string; readonly version: number }

/** The longest text that is looked at, in characters. */
const maxLength = 32 * 1024 * 1024

/**
 * Reads the text of a flow file. Never throws. Kinds of step that nobody knows and fields that nobody knows are kept,
 * and so is what only the checker can judge: ids that occur twice, connections that lead nowhere.
 */
export function readFlow(text: string): ReadResult {
  if (text.length > maxLength) return broken([{ path: '', message: fileMessages.tooBig(maxLength / 1024 / 1024) }])
  const parsed = parseJson(text)
  if (parsed.problems.length > 0) return broken(parsed.problems)
  const file = parsed.value
  if (!isRecord(file) || file['format'] !== formatName)
    return broken([{ path: 'format', message: fileMessages.notAFlow }])
  const version = file['version']
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return broken([{ path: 'version', message: fileMessages.noVersion }])
  if (version > currentVersion) return { kind: 'newer', version, message: fileMessages.newer(version, currentVersion) }
  const migrated = migrate(file, version)
  const checked = fileShape.safeParse(migrated)
  if (!checked.success) return broken(explainIssues(checked.error.issues, migrated))
  const { format: _format, version: _version, ...document } = checked.data
  return { kind: 'ok', document, version }
}

function broken(problems: readonly FileProblem[]): ReadResult {
  const first = problems[0]?.message ?? fileMessages.unreadable
  const message = problems.length > 1 ? fileMessages.andMore(first, problems.length - 1) : first
  return { kind: 'broken', message, problems }
}
