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

export function memoryJournal(): MemoryJournal {
  return new EventsInMemory()
}

const done = Promise.resolve()

/** Packing pays for runs whose steps are recorded; before the first of them, and without them, the events are a list. */
class EventsInMemory implements MemoryJournal {
  #plain: RunEvent[] = []
  #packed: PackedEvents | undefined

  get events(): readonly RunEvent[] {
    return [...(this.#packed ?? this.#plain)]
  }

  append(event: RunEvent): void {
    if (this.#packed) this.#packed.push(event)
    else if (event.event === 'StepCompleted') this.#pack(event)
    else this.#plain.push(event)
  }

  durable(): Promise<void> {
    return done
  }

  close(): undefined {
    return undefined
  }

  #pack(event: RunEvent): void {
    this.#packed = new PackedEvents()
    for (const earlier of this.#plain) this.#packed.push(earlier)
    this.#packed.push(event)
    this.#plain = []
  }
}
