import type { StepId, ValueRecord } from '../../model/index.ts'
import type { FrameId, RunEvent, ThreadId } from './event.ts'
import { PackedEvents } from './packedEvents.ts'
import type { StepJournal } from './stepJournal.ts'

/** Where the events of one run go, in order. Events are only ever added. */
export interface Journal {
  /** Takes an event. Returns at once; a write that fails later is told by `durable`. */
  append(event: RunEvent): void
  /** A quicker way for the two events that every step has. Without it, `append` takes them like all others. */
  readonly steps?: StepJournal
  /**
   * Resolves once everything appended so far would survive a crash; rejects when it could not be written. Absent where nothing
   * does, nor is waited for.
   */
  durable?(): Promise<void>
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

/** Packing pays for runs whose steps are recorded; before the first of them, and without them, the events are a list. */
class EventsInMemory implements MemoryJournal, StepJournal {
  readonly steps = this
  #plain: RunEvent[] = []
  #packed: PackedEvents | undefined

  get events(): readonly RunEvent[] {
    return [...(this.#packed ?? this.#plain)]
  }

  append(event: RunEvent): void {
    if (this.#packed) this.#packed.push(event)
    else this.#plain.push(event)
  }

  stepStarted(seq: number, at: number, thread: ThreadId, frame: FrameId, step: StepId, inputs: ValueRecord): void {
    ;(this.#packed ?? this.#pack()).stepStarted(seq, at, thread, frame, step, inputs)
  }

  stepCompleted(
    seq: number,
    at: number,
    thread: ThreadId,
    frame: FrameId,
    step: StepId,
    outcome: string,
    outputs: ValueRecord
  ): void {
    ;(this.#packed ?? this.#pack()).stepCompleted(seq, at, thread, frame, step, outcome, outputs)
  }

  close(): undefined {
    return undefined
  }

  #pack(): PackedEvents {
    const packed = new PackedEvents()
    for (const event of this.#plain) packed.push(event)
    this.#plain = []
    return (this.#packed = packed)
  }
}
