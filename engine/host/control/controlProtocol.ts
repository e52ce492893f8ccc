import { z } from 'zod'
import { plainValue } from '../../file/plainValue.ts'
import type { Value } from '../../model/index.ts'

/** What another process wants of a run. A line of JSON each; the answer is another one with the same id. */
export type ControlCommand =
  /** Stops the run, or one of its threads. */
  | { readonly command: 'cancel'; readonly thread?: number }
  | { readonly command: 'signal'; readonly name: string; readonly value: Value }

/** A command on its way. `run`: the real path of the run's folder. */
export type ControlRequest = ControlCommand & { readonly id: number; readonly run: string }

/** `unknown-run`: this process does not carry it, or not any more. */
export type ControlReply =
  | { readonly id: number; readonly ok: true }
  | { readonly id: number; readonly ok: false; readonly code: 'unknown-run' | 'not-understood' | 'not-kept' }

/** The longest line that is read, in characters. */
export const longestLine = 4 * 1024 * 1024

const addressed = { id: z.int().nonnegative(), run: z.string() }

const request = z.discriminatedUnion('command', [
  z.strictObject({ ...addressed, command: z.literal('cancel'), thread: z.int().nonnegative().exactOptional() }),
  z.strictObject({
    ...addressed,
    command: z.literal('signal'),
    name: z.string(),
    value: z.custom<Value>((data) => data !== undefined && plainValue(data).problems.length === 0)
  })
])

const reply = z.union([
  z.object({ id: z.int(), ok: z.literal(true) }),
  z.object({ id: z.int(), ok: z.literal(false), code: z.enum(['unknown-run', 'not-understood', 'not-kept']) })
])

/** The request in a line; undefined when there is none. */
export const readRequest = (line: string): ControlRequest | undefined => parsed(request, line)

/** The reply in a line; undefined when there is none. */
export const readReply = (line: string): ControlReply | undefined => parsed(reply, line)

/** A request or a reply as a line. */
export const controlLine = (message: ControlRequest | ControlReply): string => `${JSON.stringify(message)}\n`

function parsed<T>(shape: z.ZodType<T>, line: string): T | undefined {
  try {
    return shape.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
