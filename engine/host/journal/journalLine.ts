import type { RunEvent } from '../../run/index.ts'
import { lineEncoder } from './lineEncoder.ts'

/** One event as it stands in the file: the checksum of its JSON, and the JSON. */
export function journalLine(event: RunEvent): string {
  const lines = lineEncoder()
  lines.write(event)
  const { bytes, length } = lines.take()
  return bytes.toString('utf8', 0, length)
}
