import { type CancelSignal, Cancelled } from '../../model/index.ts'

/**
 * Does `work` for every item, at most `limit` at a time, in order of their beginning. When one throws, no other is begun;
 * those under way are waited for, then that error is thrown. Throws Cancelled at once when `signal` is given.
 */
export async function workerPool<T>(
  items: readonly T[],
  limit: number,
  signal: CancelSignal,
  work: (item: T, index: number) => Promise<void>
): Promise<void> {
  let next = 0
  let failed: { readonly error: unknown } | undefined
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed && !signal.cancelled) {
      const index = next++
      const item = items[index]
      if (item === undefined) continue
      await work(item, index).catch((error: unknown) => {
        failed ??= { error }
      })
    }
  }
  const workers = Array.from({ length: Math.max(1, Math.min(Math.floor(limit), items.length)) }, worker)
  await untilCancelled(Promise.all(workers), signal)
  if (failed) throw failed.error
}

/** The result of `work`; Cancelled as soon as `signal` is given, whatever the work still does. */
function untilCancelled<T>(work: Promise<T>, signal: CancelSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const forget = signal.onCancel(() => reject(new Cancelled()))
    work.then(resolve, reject).finally(forget)
  })
}
