import type { Body, FrameResult } from '../model/transition.ts'
import type { ValueRecord } from '../model/value.ts'
import type { CompiledFlow, CompiledStep } from './compileFlow.ts'
import type { Recorder } from './recorder.ts'
import { type Call, type Frame, type Thread, topOf } from './thread.ts'

/** Puts frames on the stacks of one run's threads and takes them off, and records both. */
export class Frames {
  readonly #recorder: Recorder
  #count = 0

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  /** A call of `flow`, from its Start step on. */
  pushCall(thread: Thread, flow: CompiledFlow, at: CompiledStep, inputs: ValueRecord, key: string): void {
    const below = thread.frames.at(-1)
    const data = { flow: new Map(Object.entries(inputs)), steps: new Map<string, ValueRecord>() }
    const call: Call = { flow, data, replied: false, depth: (below?.call.depth ?? 0) + 1 }
    this.#push(thread, { call, key, kind: 'flow', locals: [], at }, below, inputs)
  }

  /** The steps behind an outcome of the step that the frame `below` is at; `below` may be another thread's. */
  pushBody(thread: Thread, below: Frame, at: CompiledStep, body: Body, suffix = ''): void {
    const key = (below.visit?.key ?? below.key) + suffix
    const locals = [...below.locals, body.locals]
    this.#push(thread, { call: below.call, key, kind: 'body', locals, at }, below, body.locals)
  }

  #push(
    thread: Thread,
    frame: Pick<Frame, 'call' | 'key' | 'kind' | 'locals' | 'at'>,
    below: Frame | undefined,
    inputs: ValueRecord
  ): void {
    const id = this.#count++
    thread.frames.push({ ...frame, id, visit: undefined, passes: new Map() })
    const { flow } = frame.call
    this.#recorder.record({
      event: 'FrameEntered',
      thread: thread.id,
      frame: id,
      ...(below && { parent: below.id, step: below.at.step.id }),
      flow: flow.flow.id,
      ...(frame.kind === 'flow' && { path: flow.path }),
      inputs
    })
  }

  /** Takes the top frame off; `result` is there when it reached an End Step. */
  pop(thread: Thread, result?: FrameResult): void {
    const frame = topOf(thread)
    thread.frames.pop()
    this.#recorder.record({
      event: 'FrameLeft',
      thread: thread.id,
      frame: frame.id,
      ...(result && { outcome: result.outcome, outputs: result.outputs })
    })
  }

  /** Takes off all frames of `call`: a call that failed. */
  popCall(thread: Thread, call: Call): void {
    while (thread.frames.at(-1)?.call === call) this.pop(thread)
  }
}
