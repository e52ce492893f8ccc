import { cliMessages } from '../../messages/cli.ts'
import type { Terminal } from '../terminal.ts'
import { type FrameId, type RunEvent, type RunFlows, type ThreadId, stepOf, textOf } from '../../index.ts'

/** Failed items beyond this many of one step are only counted. */
const mostItems = 20

/** Tells a run as text, one line for everything worth a line, as it happens. What it waits for from outside stands beside the result. */
export class Timeline {
  readonly #terminal: Pick<Terminal, 'print' | 'remark'>
  #flows: RunFlows = {}
  readonly #threads = new Map<ThreadId, string>()
  readonly #paths = new Map<FrameId, string>()
  /** Tenths of the progress that have been told, by frame and step. */
  readonly #tenths = new Map<string, number>()
  readonly #failedItems = new Map<string, number>()

  #quiet = false

  constructor(terminal: Pick<Terminal, 'print' | 'remark'>) {
    this.#terminal = terminal
  }

  /** Takes note of what happened before, without telling it. */
  learn(events: readonly RunEvent[]): void {
    this.#quiet = true
    for (const event of events) this.add(event)
    this.#quiet = false
  }

  add(event: RunEvent): void {
    switch (event.event) {
      case 'RunStarted':
        this.#flows = event.flows
        this.#print(cliMessages.runBegan(event.flows[event.flow]?.name ?? event.flow, event.run))
        return
      case 'ThreadStarted':
        this.#threads.set(event.thread, event.name)
        if (event.kind !== 'background') return
        this.#line(event, cliMessages.backgroundBegan(this.#stepName(event.frames?.at(-1), event.step ?? '')))
        return
      case 'FrameEntered':
        this.#paths.set(event.frame, event.path ?? this.#paths.get(event.parent ?? 0) ?? '')
        return
      case 'StepStarted':
      case 'VariableSet':
      case 'SignalReceived':
      case 'SignalTaken':
      case 'EffectBegun':
      case 'StepTimedOut':
      case 'ThreadYielded':
      case 'ThreadWentOn':
      case 'InputsRefreshed':
      case 'ReplyPrepared':
      case 'CancelRequested':
        return
      case 'SignalSent':
        if (event.dropped) this.#line(event, cliMessages.signalDropped(event.signal))
        return
      case 'RunRetried': {
        for (const { frame, step } of event.steps) this.#tenths.delete(`${frame} ${step}`)
        const steps = event.steps.map(({ frame, step }) => this.#stepName(frame, step))
        this.#print(`${moment(event.at)}  ${cliMessages.retries(steps)}`)
        return
      }
      case 'RunResumed':
        this.#print(`${moment(event.at)}  ${cliMessages.resumes}`)
        return
      case 'StepRetried':
        this.#line(
          event,
          cliMessages.stepRetried(this.#stepName(event.frame, event.step), event.error.message, event.attempt)
        )
        return
      case 'StepProgressed':
        this.#progress(event)
        return
      case 'StepCompleted': {
        const name = this.#stepName(event.frame, event.step)
        this.#line(event, event.outcome === name ? name : cliMessages.step(name, event.outcome))
        return
      }
      case 'StepFailed':
        this.#line(
          event,
          cliMessages.stepFailed(this.#stepName(event.frame, event.step), event.error.message, event.handled)
        )
        return
      case 'FrameLeft':
        return
      case 'Replied':
        this.#line(event, cliMessages.replied(event.outcome))
        for (const [name, value] of Object.entries(event.outputs))
          this.#print(`${' '.repeat(32)}${cliMessages.output(name, shortened(textOf(value)))}`)
        return
      case 'FrameReplied': {
        const flow = this.#flows[this.#paths.get(event.frame) ?? '']
        this.#line(event, cliMessages.childReplied(flow?.name ?? '', event.outcome))
        return
      }
      case 'Logged':
        if (event.level !== 'debug') this.#line(event, `${event.level}: ${event.message}`, event.awaits !== undefined)
        return
      case 'ThreadEnded':
        if (this.#threads.get(event.thread) !== 'Main' && event.end !== 'detached')
          this.#line(event, cliMessages.threadEnded(event.end, event.outcome))
        return
      case 'RunSettled':
        this.#print(`${moment(event.at)}  ${cliMessages.settled[event.state]}`)
    }
  }

  #progress(event: Extract<RunEvent, { event: 'StepProgressed' }>): void {
    const { done, total, item, frame, step } = event
    const key = `${frame} ${step}`
    if (item?.state === 'failed') {
      const failed = (this.#failedItems.get(key) ?? 0) + 1
      this.#failedItems.set(key, failed)
      const name = this.#stepName(frame, step)
      if (failed <= mostItems) this.#line(event, cliMessages.itemFailed(name, item.label, item.detail ?? ''))
      else if (failed === mostItems + 1) this.#line(event, cliMessages.moreItemsFailed(name))
    }
    const tenth = total === 0 ? 10 : Math.floor((done / total) * 10)
    if (tenth <= (this.#tenths.get(key) ?? -1)) return
    this.#tenths.set(key, tenth)
    this.#line(event, cliMessages.progress(this.#stepName(frame, step), done, total))
  }

  #print(line: string, beside = false): void {
    if (this.#quiet) return
    if (beside) this.#terminal.remark(line)
    else this.#terminal.print(line)
  }

  #line({ at, thread }: RunEvent & { readonly thread: ThreadId }, text: string, beside = false): void {
    this.#print(`${moment(at)}  ${(this.#threads.get(thread) ?? '').padEnd(14)}  ${text}`, beside)
  }

  #stepName(frame: FrameId | undefined, step: string): string {
    const flow = frame === undefined ? undefined : this.#flows[this.#paths.get(frame) ?? '']
    return (flow && stepOf(flow, step)?.name) ?? step
  }
}

/** Milliseconds since the start as seconds, right-aligned. */
const moment = (at: number): string => `${(at / 1000).toFixed(3).padStart(11)} s`

const shortened = (text: string): string => (text.length <= 200 ? text : `${text.slice(0, 199)}…`)
