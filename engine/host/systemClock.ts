import { performance } from 'node:perf_hooks'
import { Cancelled, type Clock } from '../model/index.ts'

/** The longest wait a timer takes, in milliseconds. */
const longest = 2 ** 31 - 1

/** The clock of this computer. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined
      let left = milliseconds
      const wait = (): void => {
        const part = Math.min(left, longest)
        left -= part
        timer = setTimeout(left > 0 ? wait : done, part)
      }
      const forget = signal.onCancel(() => {
        clearTimeout(timer)
        reject(new Cancelled())
      })
      const done = (): void => {
        forget()
        resolve()
      }
      if (signal.cancelled) return
      if (milliseconds > 0) wait()
      else setImmediate(done)
    })
}
