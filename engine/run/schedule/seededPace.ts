import { CancelSource, type Clock } from '../../model/index.ts'
import type { ThreadId } from '../journal/event.ts'
import type { Pace } from './pace.ts'
import { seededRandom } from './seededRandom.ts'

/** A thread that has what it waited for. */
interface Ready {
  readonly thread: ThreadId
  goOn(): void
}

/**
 * The order a seed draws. What threads wait for begins at once; when several may go on at the same moment of `clock`, the
 * seed says which of them does so first, and the others follow one at a time, each when the one before waits again. On a
 * virtual clock, with services that take their time from it and their chance from a seed, the same seed gives the same
 * journal but for wall times.
 *
 * The draw is put off by a sleep of no length: so `clock` lets everything happen first that is due at the same moment.
 */
export function seededPace(seed: number, clock: Pick<Clock, 'sleep'>): Pace {
  const random = seededRandom(seed)
  const ready: Ready[] = []
  let drawing = false
  const drawLater = (): void => {
    drawing = true
    void clock.sleep(0, new CancelSource()).then(draw)
  }
  const draw = (): void => {
    drawing = false
    // Not by when they came: that is how the services happened to be made.
    ready.sort((one, other) => one.thread - other.thread)
    const [drawn] = ready.splice(Math.floor(random() * ready.length), 1)
    drawn?.goOn()
    if (ready.length > 0) drawLater()
  }
  const turnOf = (thread: ThreadId): Promise<void> =>
    new Promise((goOn) => {
      ready.push({ thread, goOn })
      if (!drawing) drawLater()
    })
  return {
    async after(thread, begin) {
      try {
        return await begin()
      } finally {
        await turnOf(thread)
      }
    },
    whenLive: (begin) => {
      begin()
    }
  }
}
