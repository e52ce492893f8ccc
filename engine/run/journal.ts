import type { RunEvent } from './event.ts'
import { PackedEvents } from './packedEvents.ts'

/** Where the events of one run go, in order. Events are only ever added. */
export interface Journal {
  /** Takes an event. Returns at once; a write that fails later is told by `durable`. */
  append(event: RunEvent): void
  /** Resolves once everything appended so far would survive a crash; rejects when it could not be written. */
  durable(): Promise<void>
  /** While events come in faster than they can be written: resolves when there is room again. */
  pressure?(): Promise<void> | undefined
  /** Writes what is left and lets go of the file. Undefined: there is nothing to wait for. */
  close(): Promise<void> | undefined
}

/** A journal that lives as long as the process. */
export interface MemoryJournal extends Journal {
  /** All events so far, made anew at each reading. */
  readonly events: readonly RunEvent[]
}

const done = Promise.resolve()

export function memoryJournal(): MemoryJournal {
  // Packing pays for runs whose steps are recorded.
  let plain: RunEvent[] = []
  let packed: PackedEvents | undefined
  return {
    get events() {
      return packed ? [...packed] : [...plain]
    },
    append(event) {
      if (packed) packed.push(event)
      else if (event.event === 'StepCompleted') {
        packed = new PackedEvents()
        for (const earlier of plain) packed.push(earlier)
        packed.push(event)
        plain = []
      } else plain.push(event)
    },
    durable: () => done,
    close: () => undefined
  }
}
