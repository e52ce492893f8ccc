import { runMessages } from '../../messages/run.ts'
import {
  type Body,
  type Clock,
  type FrameResult,
  type Path,
  StepFailure,
  type Value,
  type ValueRecord
} from '../../model/index.ts'
import type { CompiledFlow, CompiledStep } from '../compile/compiledFlow.ts'
import { type Reader, readerOf } from '../compile/flowData.ts'
import type { Recorder } from '../journal/recorder.ts'
import { type Call, type Frame, type Thread, topOf } from './thread.ts'

/** A flow that can be called: it has a Start step. */
export type StartableFlow = CompiledFlow & { readonly start: CompiledStep }

/** Puts frames on the stacks of one run's threads and takes them off, and records both. */
export class Frames {
  readonly #recorder: Recorder
  readonly #now: () => number
  #count = 0
  #lastPath: Path | undefined
  #lastIndexes: CompiledFlow['indexes'] | undefined
  #lastReader: Reader = () => undefined

  constructor(recorder: Recorder, clock: Clock) {
    this.#recorder = recorder
    this.#now = () => clock.now()
  }

  /** A call of `flow`, from its Start step on. `below`: the frame whose step calls it, perhaps of another thread. */
  pushCall(
    thread: Thread,
    flow: StartableFlow,
    inputs: ValueRecord,
    below?: Frame,
    how: { readonly replied: boolean; readonly suffix: number } = { replied: false, suffix: -1 }
  ): void {
    const values = new Map<string, Value>()
    for (const name of Object.keys(inputs)) values.set(name, inputs[name] ?? null)
    for (const { name, initial } of flow.flow.variables ?? []) values.set(name, initial ?? null)
    const call: Call = {
      flow,
      replied: how.replied,
      depth: (below?.call.depth ?? 0) + 1,
      branches: 0,
      early: undefined,
      ending: undefined
    }
    this.#push(thread, below, inputs, {
      id: this.#count++,
      call,
      data: { flow: values, steps: blank(flow.steps.length, undefined), now: this.#now },
      kind: 'flow',
      locals: undefined,
      at: flow.start,
      visit: undefined,
      spare: undefined,
      passes: blank(flow.steps.length, 0),
      entered: below?.visit,
      suffix: how.suffix,
      owner: undefined,
      join: undefined,
      collect: undefined,
      keep: false,
      caught: undefined,
      joined: undefined
    })
  }

  /** The steps behind an outcome of the step that the frame `below` is at; `below` may be another thread's. */
  pushBody(
    thread: Thread,
    below: Frame,
    at: CompiledStep,
    { locals, collect, keep = false }: Body,
    branch?: Pick<Frame, 'suffix' | 'join' | 'data'>
  ): void {
    this.#push(thread, below, locals, {
      id: this.#count++,
      call: below.call,
      data: branch?.data ?? below.data,
      kind: 'body',
      locals: { values: locals, outer: below.locals },
      at,
      visit: undefined,
      spare: undefined,
      passes: [],
      entered: below.visit,
      suffix: branch?.suffix ?? below.visit?.nextEntry() ?? 0,
      owner: below.at,
      join: branch?.join,
      collect: collect === undefined ? undefined : this.#readerOf(collect, below.call.flow),
      keep,
      caught: undefined,
      joined: undefined
    })
  }

  /** Made once for all bodies that give the same path. */
  #readerOf(path: Path, { indexes }: CompiledFlow): Reader {
    if (path !== this.#lastPath || indexes !== this.#lastIndexes) {
      this.#lastPath = path
      this.#lastIndexes = indexes
      this.#lastReader = readerOf(path, indexes)
    }
    return this.#lastReader
  }

  #push(thread: Thread, below: Frame | undefined, inputs: ValueRecord, frame: Frame): void {
    thread.frames.push(frame)
    if (!this.#recorder.full) return
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
    if (!this.#recorder.full) return frame
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

/** A list at its full length from the beginning: reading it is faster than reading one that has grown. */
function blank<T>(length: number, value: T): T[] {
  return new Array<T>(length).fill(value)
}

const nothing: ValueRecord = {}

/** What a body gives when it ends by `outcome`. */
export function bodyResult(frame: Frame, outcome: string): FrameResult {
  if (!frame.collect) return { outcome, outputs: nothing }
  const outputs: Record<string, Value> = {}
  outputs.Value = frame.collect(frame.data, frame.locals) ?? null
  return { outcome, outputs }
}

/** `flow` as one that can be called. Throws StepFailure `flow-missing` or `no-start`. */
export function startable(flow: CompiledFlow | undefined, path: string, step: string): StartableFlow {
  if (!flow) throw new StepFailure('flow-missing', runMessages.flowMissing(path, step))
  if (!hasStart(flow)) throw new StepFailure('no-start', runMessages.noStart(flow.flow.name))
  return flow
}

function hasStart(flow: CompiledFlow): flow is StartableFlow {
  return flow.start !== undefined
}
