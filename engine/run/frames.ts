import { runMessages } from '../messages/run.ts'
import { StepFailure } from '../model/failure.ts'
import type { Body, FrameResult } from '../model/transition.ts'
import type { Value, ValueRecord } from '../model/value.ts'
import type { CompiledFlow, CompiledStep } from './compiledFlow.ts'
import { readerOf } from './flowData.ts'
import type { Recorder } from './recorder.ts'
import { type Call, type Frame, type Thread, topOf } from './thread.ts'

/** A flow that can be called: it has a Start step. */
export type StartableFlow = CompiledFlow & { readonly start: CompiledStep }

/** Puts frames on the stacks of one run's threads and takes them off, and records both. */
export class Frames {
  readonly #recorder: Recorder
  readonly #now: () => number
  #count = 0

  /** `now`: wall time in milliseconds since 1970. */
  constructor(recorder: Recorder, now: () => number) {
    this.#recorder = recorder
    this.#now = now
  }

  /** A call of `flow`, from its Start step on. `below`: the frame whose step calls it, perhaps of another thread. */
  pushCall(
    thread: Thread,
    flow: StartableFlow,
    inputs: ValueRecord,
    below?: Frame,
    how: { readonly replied: boolean; readonly suffix: string } = { replied: false, suffix: '' }
  ): void {
    const values = new Map(Object.entries(inputs))
    for (const { name, initial } of flow.flow.variables ?? []) values.set(name, initial ?? null)
    const call: Call = {
      flow,
      replied: how.replied,
      depth: (below?.call.depth ?? 0) + 1,
      branches: 0,
      early: undefined,
      ending: undefined
    }
    const data = { flow: values, steps: [], now: this.#now }
    const frame = this.#frame({ call, data, kind: 'flow', at: flow.start, entered: below?.visit, suffix: how.suffix })
    this.#push(thread, frame, below, inputs)
  }

  /** The steps behind an outcome of the step that the frame `below` is at; `below` may be another thread's. */
  pushBody(
    thread: Thread,
    below: Frame,
    at: CompiledStep,
    { locals, collect, keep = false }: Body,
    branch: Pick<Frame, 'suffix' | 'join' | 'data'> = {
      suffix: `/${String(below.visit?.nextEntry())}`,
      join: undefined,
      data: below.data
    }
  ): void {
    const frame = this.#frame({
      call: below.call,
      kind: 'body',
      at,
      entered: below.visit,
      locals: { values: locals, outer: below.locals },
      owner: below.at,
      keep,
      collect: collect === undefined ? undefined : readerOf(collect, below.call.flow.indexes),
      ...branch
    })
    this.#push(thread, frame, below, locals)
  }

  #frame(frame: Pick<Frame, 'call' | 'data' | 'kind' | 'at' | 'entered' | 'suffix'> & Partial<Frame>): Frame {
    return {
      locals: undefined,
      owner: undefined,
      join: undefined,
      collect: undefined,
      keep: false,
      caught: undefined,
      joined: undefined,
      ...frame,
      id: this.#count++,
      visit: undefined,
      passes: []
    }
  }

  #push(thread: Thread, frame: Frame, below: Frame | undefined, inputs: ValueRecord): void {
    thread.frames.push(frame)
    const { flow } = frame.call
    this.#recorder.record({
      event: 'FrameEntered',
      thread: thread.id,
      frame: frame.id,
      ...(below && { parent: below.id, step: below.at.step.id }),
      flow: flow.flow.id,
      ...(frame.kind === 'flow' && { path: flow.path }),
      inputs
    })
  }

  /** Takes the top frame off; `result` is there when it reached an End Step. */
  pop(thread: Thread, result?: FrameResult): Frame {
    const frame = topOf(thread)
    thread.frames.pop()
    frame.visit?.leave()
    this.#recorder.record({
      event: 'FrameLeft',
      thread: thread.id,
      frame: frame.id,
      ...(result && { outcome: result.outcome, outputs: result.outputs })
    })
    return frame
  }

  /** Takes off all frames above `frame`. */
  popTo(thread: Thread, frame: Frame | undefined): void {
    while (thread.frames.length > 0 && thread.frames.at(-1) !== frame) this.pop(thread)
  }

  /** Takes off all frames of `call`: a call that failed. */
  popCall(thread: Thread, call: Call): void {
    while (thread.frames.at(-1)?.call === call) this.pop(thread)
  }

  /** Takes the bodies of `call` off, down to its own frame, or to the last one when that is elsewhere. */
  popBodies(thread: Thread): void {
    while (thread.frames.length > 1 && topOf(thread).kind === 'body') this.pop(thread)
  }
}

/** What a body gives when it ends by `outcome`. */
export function bodyResult(frame: Frame, outcome: string): FrameResult {
  const outputs: Record<string, Value> = {}
  if (frame.collect) outputs.Value = frame.collect(frame.data, frame.locals) ?? null
  return { outcome, outputs }
}

/** `flow` as one that can be called. Throws StepFailure `flow-missing` or `no-start`. */
export function startable(flow: CompiledFlow | undefined, path: string, step: string): StartableFlow {
  if (!flow) throw new StepFailure('flow-missing', runMessages.flowMissing(path, step))
  const { start } = flow
  if (!start) throw new StepFailure('no-start', runMessages.noStart(flow.flow.name))
  return { ...flow, start }
}
