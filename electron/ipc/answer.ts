import type { z } from 'zod'
import { badRequest, unexpected } from '../messages.ts'
import type { Reply, RequestName, Requests } from './contract.ts'
import { isPlainData } from './plainData.ts'
import type { Refusal } from './refusal.ts'
import { schemas } from './schemas.ts'

/** Answers one request; what it throws becomes the error of the reply. */
export type Handler<N extends RequestName> = (
  ...args: Parameters<Requests[N]>
) => ReturnType<Requests[N]> | Promise<ReturnType<Requests[N]>>

/** Answers every request there is. */
export type Handlers = { readonly [N in RequestName]: Handler<N> }

/** What becomes of errors. */
export interface ErrorDesk {
  /** The refusal that an error stands for; undefined for a bug. */
  readonly refusalOf: (error: unknown) => Refusal | undefined
  /** Keeps an error that should not have happened, for those who mend it. */
  readonly report: (where: string, error: unknown) => void
}

/** The reply to one request: arguments checked, errors turned into data. */
export async function answer<N extends RequestName>(
  name: N,
  args: readonly unknown[],
  handlers: Pick<Handlers, N>,
  desk: ErrorDesk
): Promise<Reply<ReturnType<Requests[N]>>> {
  const given = args.at(-1) === undefined ? args.slice(0, -1) : args
  const schema: z.ZodType<Parameters<Requests[N]>> = schemas[name]
  const checked = isPlainData(given) ? schema.safeParse(given) : undefined
  if (!checked?.success) return failure('bad-request', badRequest(name, checked?.error.issues[0]?.path.join('.') ?? ''))
  try {
    const handler: Handler<N> = handlers[name]
    return { ok: true, value: await handler(...checked.data) }
  } catch (error) {
    const refusal = desk.refusalOf(error)
    if (refusal) return failure(refusal.code, refusal.message)
    desk.report(name, error)
    return failure('unexpected', unexpected(name))
  }
}

/** A reply that says why not. */
export function failure(code: string, message: string): Reply<never> {
  return { ok: false, error: { code, message } }
}
