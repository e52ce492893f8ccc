import type { Step, Value, ValueRecord } from '../../model/index.ts'

// Lines of execution that take turns, and time that jumps when none of them is ready: what the reference interpreter
// stands on. A line is a generator that yields while it waits.

/** A thread and how it ended; `effects`: the Work it began, in order. */
export interface ReferenceThread {
  readonly kind: 'main' | 'branch' | 'background'
  readonly effects: { readonly step: string; readonly input: Value }[]
  end?: string
  outcome?: string
  outputs?: ValueRecord
  code?: string
}

export type Thread = ReferenceThread & { cancelled: boolean; parent: Thread | undefined }

/** What takes turns. `deadlines`: the moments at which steps it is in run out of time. */
export interface TurnLine {
  thread: Thread
  turns: Turns
  ready: () => boolean
  over: boolean
  stopped: boolean
  deadlines: readonly number[]
}

export type Turns<T = void> = Generator<undefined, T, undefined>

/** A failure on its way; `at`: the step at which it is now. */
export class Failed extends Error {
  constructor(
    readonly code: string,
    readonly at?: Step
  ) {
    super(code)
  }
}

/** Thrown out of a wait of a line that was cancelled or stopped. */
export class Cancelled extends Error {}

/** Thrown out of a wait that has lasted beyond a deadline of its line. */
export class Late extends Error {
  constructor(readonly deadline: number) {
    super('step-timeout')
  }
}

/** Whether what was thrown concerns another than the step it comes to: the whole line, or an outer step that is late. */
export function isOfOther({ deadlines }: TurnLine, error: unknown): boolean {
  return error instanceof Late ? deadlines.includes(error.deadline) : !(error instanceof Failed)
}

/** A signal that somebody has sent. */
interface Signal {
  readonly name: string
  readonly value: Value
}

/** The threads, lines and time of one run. */
export class TurnTaking {
  now = 0
  cancelled = false
  readonly threads: Thread[] = []
  readonly #lines: TurnLine[] = []
  readonly #timers: number[] = []
  /** Signals that nobody has received yet, and the lines that wait for one: each has waited longer than the next. */
  readonly #kept: Signal[] = []
  readonly #receivers: { readonly names: readonly string[]; got?: Signal }[] = []

  newThread(kind: Thread['kind'], parent?: Thread): Thread {
    const thread: Thread = { kind, effects: [], cancelled: false, parent }
    this.threads.push(thread)
    return thread
  }

  /** Gives a line its first turn. `more`: what else its owner keeps of it. */
  begin<M>(thread: Thread, more: M, turns: (line: TurnLine & M) => Turns): TurnLine & M {
    const nothing = nothingToDo()
    const line = { thread, turns: nothing, ready: () => true, over: false, stopped: false, deadlines: [], ...more }
    line.turns = turns(line)
    this.#lines.push(line)
    line.ready = () => false
    this.#giveTurn(line)
    return line
  }

  /** A line that begins when everybody else has had their turn. */
  *later(line: TurnLine): Turns {
    yield* this.until(line, () => false, true)
  }

  *until(line: TurnLine, ready: () => boolean, once = false): Turns {
    const { deadlines } = line
    const disturbed = (): boolean => line.thread.cancelled || line.stopped || deadlines.some((one) => this.now >= one)
    line.ready = () => once || disturbed() || ready()
    if (once) yield
    else while (!line.ready()) yield
    if (line.thread.cancelled || line.stopped) throw new Cancelled()
    const late = deadlines.find((one) => this.now >= one)
    if (late !== undefined) throw new Late(late)
  }

  *sleep(line: TurnLine, milliseconds: number): Turns {
    const due = this.timer(milliseconds)
    yield* this.until(line, () => this.now >= due)
  }

  timer(milliseconds: number): number {
    this.#timers.push(this.now + milliseconds)
    return this.now + milliseconds
  }

  send(name: string, value: Value, keep = true): void {
    const receiver = this.#receivers.find(({ names, got }) => names.includes(name) && !got)
    if (receiver) receiver.got = { name, value }
    else if (keep) this.#kept.push({ name, value })
  }

  /** The first signal of these names; undefined when none has come until `due`. */
  *receive(line: TurnLine, names: readonly string[], due = Infinity): Turns<Signal | undefined> {
    const kept = this.#kept.find(({ name }) => names.includes(name))
    if (kept) return this.#kept.splice(this.#kept.indexOf(kept), 1)[0]
    const receiver: { readonly names: readonly string[]; got?: Signal } = { names }
    this.#receivers.push(receiver)
    try {
      yield* this.until(line, () => receiver.got !== undefined || this.now >= due)
    } finally {
      this.#receivers.splice(this.#receivers.indexOf(receiver), 1)
    }
    return receiver.got
  }

  /** Stops a thread and its branches, or all threads; returns what their lines throw. */
  cancel(thread?: Thread): Cancelled {
    if (!thread) {
      this.cancelled ||= this.threads.some((one) => one.end === undefined)
      for (const one of this.threads) this.cancel(one)
    } else if (thread.end === undefined && !thread.cancelled) {
      thread.cancelled = true
      for (const other of this.threads) if (other.parent === thread) this.cancel(other)
    }
    return new Cancelled()
  }

  /** What branches of a thread are left when it ends belong to the one above. */
  end(thread: Thread, how: string, more: Partial<ReferenceThread> = {}): void {
    Object.assign(thread, { end: how }, more)
    for (const other of this.threads) if (other.parent === thread) other.parent = thread.parent
  }

  /** Until nothing is due any more; what somebody outside does is done in its time. */
  run(outside: readonly { readonly at: number; readonly act: () => void }[]): void {
    for (const { at } of outside) this.#timers.push(at)
    for (;;) {
      const line = this.#lines.find(({ over, ready }) => !over && ready())
      if (line) this.#giveTurn(line)
      else {
        this.now = Math.min(...this.#timers.filter((timer) => timer > this.now))
        if (this.now === Infinity) return
        for (const { at, act } of outside) if (at === this.now) act()
      }
    }
  }

  /** How the run stands in the end. */
  settled(): string {
    const behind = this.threads.some(({ kind, end }) => kind === 'background' && end === 'failed')
    if (this.threads[0]?.end === 'failed') return 'failed'
    if (this.cancelled || this.threads[0]?.end === 'cancelled') return 'cancelled'
    return behind ? 'background failed' : 'completed'
  }

  #giveTurn(line: TurnLine): void {
    line.over = line.turns.next().done === true
  }
}

function* nothingToDo(): Turns {
  yield
}
