import { type FrameId, type RunEvent, type RunFlows, type ThreadId, stepOf } from '../../engine/index.ts'
import type { RunSummary } from '../ipc/contract.ts'

type Place = NonNullable<RunSummary['place']>

/** Folds the events of one run into its summary, one by one, as they come. */
export class RunTally {
  #summary: RunSummary
  #flows: RunFlows = {}
  readonly #paths = new Map<FrameId, string>()
  /** Steps that are running, by frame and step; the one heard of last comes last. */
  readonly #running = new Map<string, Place & { readonly thread: ThreadId }>()
  readonly #background = new Set<ThreadId>()
  /** Background threads that have failed: a retry goes on with them. */
  readonly #failed = new Set<ThreadId>()
  #failedAt: Place | undefined

  /** `number` counts the runs of this flow from 1. */
  constructor(id: string, number: number) {
    this.#summary = { id, flow: '', name: '', number, startedAt: '', background: 0 }
  }

  get summary(): RunSummary {
    return this.#summary
  }

  add(event: RunEvent): void {
    this.#follow(event)
    const { place: _, interrupted: _interrupted, ...rest } = this.#summary
    const place = this.#place()
    this.#summary = { ...rest, ...told(event), ...(place && { place }), background: this.#background.size }
  }

  /** The engine's process went down while this run was going on. */
  interrupt(): void {
    this.#summary = { ...this.#summary, interrupted: true }
  }

  /** Its journal cannot be trusted to its end: nobody can go on with it. */
  damage(problem: string): void {
    this.#summary = { ...this.#summary, interrupted: true, damaged: problem }
  }

  #follow(event: RunEvent): void {
    switch (event.event) {
      case 'RunStarted':
        this.#flows = event.flows
        return
      case 'FrameEntered':
        this.#paths.set(event.frame, event.path ?? this.#paths.get(event.parent ?? 0) ?? '')
        return
      case 'ThreadStarted':
        if (event.kind === 'background') this.#background.add(event.thread)
        return
      case 'ThreadEnded':
        if (this.#background.delete(event.thread) && event.end === 'failed') this.#failed.add(event.thread)
        if (event.end === 'detached') return
        for (const [key, { thread }] of this.#running) if (thread === event.thread) this.#running.delete(key)
        return
      case 'StepStarted':
      case 'StepProgressed': {
        const key = `${event.frame} ${event.step}`
        this.#running.delete(key)
        this.#running.set(key, { ...this.#placeOf(event), thread: event.thread })
        return
      }
      case 'StepCompleted':
      case 'StepFailed':
        this.#running.delete(`${event.frame} ${event.step}`)
        if (event.event === 'StepFailed' && !event.handled) this.#failedAt = this.#placeOf(event)
        return
      case 'RunRetried': {
        const { settled: _, ...summary } = this.#summary
        this.#summary = summary
        this.#failedAt = undefined
        for (const { frame, step, thread } of event.visits)
          this.#running.set(`${frame} ${step}`, { step: this.#nameOf(frame, step), thread })
        for (const thread of event.threads) if (this.#failed.delete(thread)) this.#background.add(thread)
        return
      }
      case 'RunSettled':
        this.#running.clear()
        this.#background.clear()
        return
      default:
    }
  }

  #nameOf(frame: FrameId, step: string): string {
    const flow = this.#flows[this.#paths.get(frame) ?? '']
    return (flow && stepOf(flow, step)?.name) ?? step
  }

  #placeOf(event: RunEvent & { readonly frame: FrameId; readonly step: string }): Place {
    const step = this.#nameOf(event.frame, event.step)
    return event.event === 'StepProgressed' ? { step, done: event.done, total: event.total } : { step }
  }

  #place(): Place | undefined {
    const last = [...this.#running.values()].at(-1)
    if (!last) return this.#failedAt
    const { thread: _, ...place } = last
    return place
  }
}

/** What an event says of the run as a whole. */
function told(event: RunEvent): Partial<RunSummary> {
  switch (event.event) {
    case 'RunStarted':
      return {
        id: event.run,
        flow: event.flow,
        name: event.flows[event.flow]?.name ?? event.flow,
        startedAt: event.startedAt
      }
    case 'RunResumed':
      // The first process that carries a run is number 1.
      return { resumed: event.epoch - 1 }
    case 'Replied':
      return { replied: { outcome: event.outcome, at: event.at } }
    case 'RunSettled':
      return { settled: { state: event.state, at: event.at } }
    default:
      return {}
  }
}
