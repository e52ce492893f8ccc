import type { Run, Visit } from '../../engine/index.ts'
import { formatDuration } from '../ui/formatDuration.ts'
import { stepOfFrame } from './stepOfFrame.ts'

/** What a step that has begun and not ended waits for. Times in milliseconds since the start of the run. */
export type Wait =
  /** For time, a signal, another thread. */
  | { readonly kind: 'waiting'; readonly since: number }
  /** It failed and is tried again at `until`. */
  | { readonly kind: 'retrying'; readonly since: number; readonly until: number; readonly tries: string }

/** What `visit` waits for at `now`; undefined when it works, or is over. `waits`: whether a kind of step only waits. */
export function waitOf(run: Run, visit: Visit, waits: (type: string) => boolean, now: number): Wait | undefined {
  if (visit.state !== 'running') return undefined
  const last = visit.retries?.at(-1)
  if (last && now < last.until)
    return { kind: 'retrying', since: last.at, until: last.until, tries: triesOf(run, visit) }
  const type = stepOfFrame(run, visit.frame, visit.step)?.type
  if (type === undefined || !waits(type)) return undefined
  return { kind: 'waiting', since: last?.until ?? visit.startedAt }
}

/** 'try 2 of 3': which attempt it is at, or comes to next; empty when it was never tried again. */
export function triesOf(run: Run, visit: Visit): string {
  const attempt = visit.retries?.at(-1)?.attempt
  if (attempt === undefined) return ''
  const most = stepOfFrame(run, visit.frame, visit.step)?.retry?.attempts
  return most === undefined ? `try ${attempt}` : `try ${attempt} of ${most}`
}

/** 'Waiting since 09:12', 'Try 2 of 3 in 4 s'. */
export function waitText(run: Run, wait: Wait, now: number): string {
  if (wait.kind === 'retrying') {
    const tries = wait.tries.charAt(0).toUpperCase() + wait.tries.slice(1)
    return `${tries} in ${formatDuration(Math.max(0, Math.ceil((wait.until - now) / 1000) * 1000))}`
  }
  const since = new Date(Date.parse(run.startedAt) + wait.since)
  const clock = since.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return `Waiting since ${clock}`
}
