import type { StepId, Value, ValueRecord } from '../../model/index.ts'
import type { FrameId, RunEvent, ThreadId } from './event.ts'
import type { StepJournal } from './stepJournal.ts'

/** What events of one kind about one step have in common. Their bytes hold the rest. */
interface Layout {
  readonly number: number
  readonly step: StepId
  /** Undefined for StepStarted. */
  readonly outcome: string | undefined
  readonly names: readonly string[]
  /** Another one of the same step. */
  readonly other: Layout | undefined
  /** The one that came after it last time: in a loop, it is the one that comes next. */
  after: Layout | undefined
}

/** How a value begins. A byte from `small` on is a whole number from 0 by itself. */
const tag = { null: 0, true: 1, false: 2, whole: 3, number: 4, thing: 5, small: 6 } as const

const kind = { other: 0, packed: 1, moved: 2 } as const

/** Chunks get longer up to this size, in bytes: most runs are short. */
const largestChunk = 65_536

const none = new Uint8Array(0)

/** A number and its bytes. */
const number = new Float64Array(1)
const numberBytes = new Uint8Array(number.buffer)

/** What one event takes at most before its values, and what each of them does, in bytes. */
const [headSize, valueSize] = [40, 9]

/** So many things that were kept last are looked at, so that the same list is not kept at each event that shows it. */
const remembered = 4

/**
 * The events of a run, packed: the two that every step has take a few bytes each beside the texts, lists and records among
 * their values, which are kept as they are, since values never change. All other events are kept as they are.
 *
 * A packed event is: its kind; the thread and frame, if other than those of the packed event before; the number of its
 * layout; microseconds since the event before; then its values in the order of the layout's names. Numbers are written in
 * groups of seven bits, the lowest first.
 */
export class PackedEvents implements Iterable<RunEvent>, StepJournal {
  readonly #chunks: Uint8Array[] = []
  #chunk = none
  #end = 0
  readonly #things: unknown[] = []
  readonly #layouts: Layout[] = []
  /** By step, the first of each. */
  readonly #ofStep = new Map<StepId, Layout>()
  #last: Layout | undefined
  #first = 0
  #count = 0
  #time = 0
  #thread = -1
  #frame = -1

  get length(): number {
    return this.#count
  }

  push(event: RunEvent): void {
    const at = Math.round(event.at * 1000)
    if (event.event === 'StepStarted')
      this.stepStarted(event.seq, at, event.thread, event.frame, event.step, event.inputs)
    else if (event.event === 'StepCompleted')
      this.stepCompleted(event.seq, at, event.thread, event.frame, event.step, event.outcome, event.outputs)
    else this.#other(event, at)
  }

  stepStarted(seq: number, at: number, thread: ThreadId, frame: FrameId, step: StepId, inputs: ValueRecord): void {
    if (this.#follows(seq, at)) this.#pack(this.#layoutOf(step, undefined, inputs), at, thread, frame, inputs)
    else this.#other({ seq, at: at / 1000, event: 'StepStarted', thread, frame, step, inputs }, at)
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
    if (this.#follows(seq, at)) this.#pack(this.#layoutOf(step, outcome, outputs), at, thread, frame, outputs)
    else this.#other({ seq, at: at / 1000, event: 'StepCompleted', thread, frame, step, outcome, outputs }, at)
  }

  /** Whether the number and time of an event are such that a step's event can be packed. */
  #follows(seq: number, at: number): boolean {
    if (this.#count === 0) this.#first = seq
    return seq === this.#first + this.#count && at >= this.#time
  }

  /** Keeps an event as it is. */
  #other(event: RunEvent, at: number): void {
    if (this.#count === 0) this.#first = event.seq
    this.#room(headSize)
    this.#byte(kind.other)
    this.#whole(this.#keep(event))
    this.#time = at
    this.#count++
  }

  #pack(layout: Layout, at: number, thread: ThreadId, frame: FrameId, values: ValueRecord): void {
    this.#room(headSize + layout.names.length * valueSize)
    if (thread === this.#thread && frame === this.#frame) this.#byte(kind.packed)
    else {
      this.#byte(kind.moved)
      this.#whole(thread)
      this.#whole(frame)
      this.#thread = thread
      this.#frame = frame
    }
    this.#whole(layout.number)
    this.#whole(at - this.#time)
    for (const name in values) this.#value(values[name] ?? null)
    this.#time = at
    this.#count++
  }

  #layoutOf(step: StepId, outcome: string | undefined, values: ValueRecord): Layout {
    const last = this.#last
    const guess = last?.after
    if (guess?.step === step && fits(guess, outcome, values)) return (this.#last = guess)
    let layout = this.#ofStep.get(step)
    while (layout && !fits(layout, outcome, values)) layout = layout.other
    layout ??= this.#newLayout(step, outcome, Object.keys(values))
    if (last) last.after = layout
    return (this.#last = layout)
  }

  #newLayout(step: StepId, outcome: string | undefined, names: readonly string[]): Layout {
    const other = this.#ofStep.get(step)
    const layout = { number: this.#layouts.length, step, outcome, names, other, after: undefined }
    this.#layouts.push(layout)
    this.#ofStep.set(step, layout)
    return layout
  }

  #value(value: Value): void {
    if (typeof value === 'number') {
      if (value === (value | 0) && value >= 0 && !Object.is(value, -0)) {
        if (value < 256 - tag.small) this.#byte(tag.small + value)
        else {
          this.#byte(tag.whole)
          this.#whole(value)
        }
      } else {
        this.#byte(tag.number)
        number[0] = value
        this.#chunk.set(numberBytes, this.#end)
        this.#end += 8
      }
    } else if (value === null) this.#byte(tag.null)
    else if (typeof value === 'boolean') this.#byte(value ? tag.true : tag.false)
    else {
      this.#byte(tag.thing)
      this.#whole(this.#keep(value))
    }
  }

  #keep(thing: unknown): number {
    const things = this.#things
    for (let index = things.length - 1; index >= 0 && index >= things.length - remembered; index--)
      if (things[index] === thing) return index
    return things.push(thing) - 1
  }

  #byte(byte: number): void {
    this.#chunk[this.#end++] = byte
  }

  #whole(value: number): void {
    let rest = value
    for (; rest >= 2 ** 31; rest = Math.floor(rest / 128)) this.#byte((rest % 128) + 128)
    // Shifting is several times as fast, and takes 31 bits.
    for (; rest >= 128; rest >>>= 7) this.#byte((rest & 127) | 128)
    this.#byte(rest)
  }

  /** Makes room; with a new chunk, the old one keeps what it has, and knows where that ends. */
  #room(size: number): void {
    if (this.#end + size <= this.#chunk.length) return
    if (this.#end > 0) this.#chunks.push(this.#chunk.subarray(0, this.#end))
    this.#chunk = new Uint8Array(Math.max(size, Math.min(this.#chunk.length * 4, largestChunk), 2 * headSize))
    this.#end = 0
  }

  *[Symbol.iterator](): Iterator<RunEvent> {
    const count = this.#count
    const bytes = new ByteReader([...this.#chunks, this.#chunk.subarray(0, this.#end)])
    let [time, thread, frame] = [0, -1, -1]
    for (let index = 0; index < count; index++) {
      const what = bytes.byte()
      if (what === kind.other) {
        // What was kept of an event that was not packed is the event.
        const event = this.#things[bytes.whole()] as RunEvent
        time = Math.round(event.at * 1000)
        yield event
        continue
      }
      if (what === kind.moved) [thread, frame] = [bytes.whole(), bytes.whole()]
      const layout = this.#layouts[bytes.whole()]
      if (!layout) throw new Error('An event without a layout')
      time += bytes.whole()
      const values: Record<string, Value> = {}
      for (const name of layout.names) values[name] = this.#read(bytes)
      const head = { seq: this.#first + index, at: time / 1000 }
      const place = { thread, frame, step: layout.step }
      yield layout.outcome === undefined
        ? { ...head, event: 'StepStarted', ...place, inputs: values }
        : { ...head, event: 'StepCompleted', ...place, outcome: layout.outcome, outputs: values }
    }
  }

  #read(bytes: ByteReader): Value {
    const begins = bytes.byte()
    switch (begins) {
      case tag.null:
        return null
      case tag.true:
        return true
      case tag.false:
        return false
      case tag.whole:
        return bytes.whole()
      case tag.number:
        return bytes.number()
      case tag.thing:
        return this.#things[bytes.whole()] as Value
      default:
        return begins - tag.small
    }
  }
}

/** Whether the layout has this outcome and the names of these values in their order. */
function fits({ outcome, names }: Layout, wanted: string | undefined, values: ValueRecord): boolean {
  if (outcome !== wanted) return false
  let index = 0
  for (const name in values) if (names[index++] !== name) return false
  return index === names.length
}

/** Reads what was written byte by byte; nothing that belongs together is in two chunks. */
class ByteReader {
  readonly #chunks: readonly Uint8Array[]
  #index = 0
  #at = 0

  constructor(chunks: readonly Uint8Array[]) {
    this.#chunks = chunks
  }

  byte(): number {
    for (;;) {
      const chunk = this.#chunks[this.#index]
      if (!chunk) throw new Error('Packed events end too early')
      const byte = chunk[this.#at++]
      if (byte !== undefined) return byte
      this.#index++
      this.#at = 0
    }
  }

  whole(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte()
      if (byte < 128) return value + byte * factor
      value += (byte - 128) * factor
    }
  }

  number(): number {
    const bytes = Uint8Array.from({ length: 8 }, () => this.byte())
    return new DataView(bytes.buffer).getFloat64(0, true)
  }
}
