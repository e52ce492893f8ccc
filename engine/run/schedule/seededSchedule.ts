import { CancelSource, type Clock } from '../../model/index.ts'
import type { ThreadId } from '../journal/event.ts'
import type { Schedule } from './schedule.ts'
import { seededRandom } from './seededRandom.ts'

/** A thread that has what it waited for. */
interface Ready {
  readonly thread: ThreadId
  goOn(): void
}

/**
 * The order a seed draws. When several threads may go on at the same moment of `clock`, the seed says which of them does so
 * first, and the others follow one at a time. On a virtual clock, with services that take their time from it and their
 * chance from a seed, the same seed gives the same journal but for wall times.
 *
 * The draw is put off by a sleep of no length: so `clock` lets everything happen first that is due at the same moment.
 */
export function seededSchedule(seed: number, clock: Pick<Clock, 'sleep'>): Schedule {
  const random = seededRandom(seed)
  const ready: Ready[] = []
  const drawLater = (): void => void clock.sleep(0, new CancelSource()).then(draw)
  const draw = (): void => {
    // Not by when they came: that is how the services happened to be made.
    ready.sort((one, other) => one.thread - other.thread)
    const [drawn] = ready.splice(Math.floor(random() * ready.length), 1)
    if (ready.length > 0) drawLater()
    drawn?.goOn()
  }
  return {
    ready: (thread, goOn) => {
      if (ready.push({ thread, goOn }) === 1) drawLater()
    }
  }
}
