import { runMessages } from '../../messages/run.ts'
import {
  type Body,
  type FrameResult,
  type Path,
  StepFailure,
  type Value,
  type ValueRecord,
  siblingPath
} from '../../model/index.ts'
import type { CompiledFlow, CompiledStep, StartableFlow } from '../compile/compiledFlow.ts'
import { compiledFlow } from '../compile/compileFlow.ts'
import { type FlowData, type Reader, readerOf } from '../compile/flowData.ts'
import { bodyPasses } from '../state/passes.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Call, type Frame, type Thread, topOf } from '../state/thread.ts'

/** How a call begins that is not simply waited for. */
export interface CallStart {
  readonly inBackground: boolean
  readonly branchIndex: number
}

const waitedFor: CallStart = { inBackground: false, branchIndex: -1 }

/** Puts a call of `flow` on the stack, at its Start step. `below`: the frame whose step calls it, perhaps of another thread. */
export function pushCall(
  run: RunContext,
  thread: Thread,
  flow: StartableFlow,
  inputs: ValueRecord,
  below?: Frame,
  { inBackground, branchIndex }: CallStart = waitedFor
): void {
  const call: Call = {
    flow,
    inBackground,
    depth: (below?.call.depth ?? 0) + 1,
    branches: 0,
    early: undefined,
    ending: undefined
  }
  push(run, thread, below, inputs, {
    id: run.framesEntered++,
    call,
    data: { flow: flowValues(flow, inputs), clock: run.clock, steps: flow.noOutputs.slice(), own: undefined },
    kind: 'flow',
    locals: undefined,
    at: flow.start,
    visit: undefined,
    spare: undefined,
    passes: flow.noPasses.slice(),
    enteredBy: below?.visit,
    branchIndex,
    owner: undefined,
    join: undefined,
    collect: undefined,
    keep: false,
    caught: undefined,
    joined: undefined
  })
}

/** The inputs and variables of a flow as a call of it begins. */
function flowValues({ initial, values }: CompiledFlow, inputs: ValueRecord): (Value | undefined)[] {
  const data = initial.slice()
  for (const name of Object.keys(inputs)) {
    const place = values.get(name)
    // A variable that has the name of an input stands in its place.
    if (place !== undefined && initial[place] === undefined) data[place] = inputs[name] ?? null
  }
  return data
}

/** What is different about a body that is a branch. */
export interface BranchBody {
  readonly branchIndex: number
  readonly join: CompiledStep | undefined
  readonly data: FlowData
}

/** Puts the steps behind an outcome of the step that `below` is at on the stack; `below` may be another thread's. */
export function pushBody(
  run: RunContext,
  thread: Thread,
  below: Frame,
  at: CompiledStep,
  { locals, collect, keep = false }: Body,
  branch?: BranchBody
): void {
  push(run, thread, below, locals, {
    id: run.framesEntered++,
    call: below.call,
    data: branch?.data ?? below.data,
    kind: 'body',
    locals: { values: locals, outer: below.locals },
    at,
    visit: undefined,
    spare: undefined,
    passes: bodyPasses(below.call.flow.noPasses),
    enteredBy: below.visit,
    branchIndex: branch?.branchIndex ?? below.visit?.nextEntry() ?? 0,
    owner: below.at,
    join: branch?.join,
    collect: collect === undefined ? undefined : collectReader(below.at, collect, below.call.flow),
    keep,
    caught: undefined,
    joined: undefined
  })
}

const collectReaders = new WeakMap<CompiledStep, { readonly path: Path; readonly reader: Reader }>()

/** Made once for all bodies of a step that give the same path. */
function collectReader(owner: CompiledStep, path: Path, flow: CompiledFlow): Reader {
  const known = collectReaders.get(owner)
  if (known?.path === path) return known.reader
  const reader = readerOf(path, flow)
  collectReaders.set(owner, { path, reader })
  return reader
}

function push(run: RunContext, thread: Thread, below: Frame | undefined, inputs: ValueRecord, frame: Frame): void {
  // A list of one that is made so takes less room than one that has grown.
  if (thread.frames.length === 0) thread.frames = [frame]
  else thread.frames.push(frame)
  if (!run.recorder.full) return
  const { flow } = frame.call
  run.recorder.record({
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
export function popFrame(run: RunContext, thread: Thread, result?: FrameResult): Frame {
  const frame = topOf(thread)
  thread.frames.pop()
  frame.visit?.leave()
  if (!run.recorder.full) return frame
  run.recorder.record({
    event: 'FrameLeft',
    thread: thread.id,
    frame: frame.id,
    ...(result && { outcome: result.outcome, outputs: result.outputs })
  })
  return frame
}

/** Takes off all frames above `frame`; all of them when there is none. */
export function popTo(run: RunContext, thread: Thread, frame: Frame | undefined): void {
  while (thread.frames.length > 0 && thread.frames.at(-1) !== frame) popFrame(run, thread)
}

/** Takes the bodies of a call off, down to its own frame, or to the last one when that is elsewhere. */
export function popBodies(run: RunContext, thread: Thread): void {
  while (thread.frames.length > 1 && topOf(thread).kind === 'body') popFrame(run, thread)
}

const nothing: ValueRecord = {}

/** What a body gives when it ends by `outcome`. */
export function bodyResult(frame: Frame, outcome: string): FrameResult {
  if (!frame.collect) return { outcome, outputs: nothing }
  const outputs: Record<string, Value> = {}
  outputs.Value = frame.collect(frame.data, frame.locals) ?? null
  return { outcome, outputs }
}

/** The flow that the step of `frame` calls. Throws StepFailure `flow-missing`, `no-start` or `call-depth`. */
export function flowFor(run: RunContext, frame: Frame, path: string): StartableFlow {
  const { flows, definitions, limits } = run
  const compiled = compiledFlow(siblingPath(frame.call.flow.path, path), flows, definitions)
  const flow = startable(compiled, path, frame.at.step.name)
  if (frame.call.depth < limits.callDepth) return flow
  throw new StepFailure('call-depth', runMessages.callDepth(flow.flow.name, limits.callDepth))
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
