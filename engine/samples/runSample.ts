import vm from 'node:vm'
import { type Documents, type MailService, type ScriptService, type Services, StepFailure, type Value } from '../model/index.ts'
import type { RunEvent } from '../run/journal/event.ts'
import { foldRun } from '../run/journal/foldRun.ts'
import { memoryJournal } from '../run/journal/journal.ts'
import type { Run } from '../run/journal/run.ts'
import { startFlow } from '../run/startFlow.ts'
import type { RunReply, Settled } from '../run/state/outcome.ts'
import { testSteps } from '../testing/runInMemory.ts'
import { type Sample, workOf } from './sample.ts'
import { eventTeller } from '../testing/tellEvent.ts'
import { virtualClock } from '../testing/virtualClock.ts'

/** What became of a sample. */
export interface SampleResult {
  /** Its journal in short: a line per event, and one whenever time goes on. */
  readonly lines: readonly string[]
  /** Undefined where the run did not start, or has no reply, or did not settle. */
  readonly run?: Run
  readonly reply?: RunReply
  readonly settled?: Settled
}

/** Runs `sample` on a virtual clock until nothing is due any more. */
export async function runSample(sample: Sample): Promise<SampleResult> {
  const { flows, inputs = {}, limits, meanwhile = [] } = sample
  const clock = virtualClock()
  const events: RunEvent[] = []
  const lines: string[] = []
  const tell = eventTeller()
  let now = 0
  const line = (text: string): void => {
    if (clock.elapsed() !== now) lines.push(`--- ${(now = clock.elapsed()) / 1000} s`)
    lines.push(text)
  }
  let reply: RunReply | undefined
  let settled: Settled | undefined
  const services: Services = {
    clock,
    random: () => 0.5,
    documents: documentsOf(sample),
    mail: mailTo((text) => line(text)),
    script: scripts
  }
  try {
    const handle = startFlow({
      run: sample.name,
      flow: 'flow.json',
      flows,
      inputs,
      definitions: testSteps(workOf(sample)),
      services,
      journal: memoryJournal(),
      ...(limits && { limits }),
      onEvent(event) {
        events.push(event)
        line(tell(event))
      }
    })
    void handle.reply.then((given) => (reply = given))
    void handle.settled.then((given) => (settled = given))
    for (const happening of meanwhile)
      clock.after(happening.at * 1000, () => {
        if ('signal' in happening) handle.signal(happening.signal, happening.value ?? null)
        else {
          const { cancel } = happening
          line(`Cancel ${cancel}`)
          handle.cancel(cancel === 'run' ? undefined : threadNumber(events, cancel))
        }
      })
    await clock.run()
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    line(`Not started, ${error.code}: ${error.message}`)
  }
  return {
    lines,
    ...(events.length > 0 && { run: foldRun(events) }),
    ...(reply && { reply }),
    ...(settled && { settled })
  }
}

/** The thread called `name`, or `name #1` when several are called so. */
function threadNumber(events: readonly RunEvent[], name: string): number {
  for (const event of events)
    if (event.event === 'ThreadStarted' && (event.name === name || `${event.name} #${event.thread}` === name))
      return event.thread
  throw new Error(`There is no thread “${name}”`)
}

function documentsOf({ documents = {} }: Sample): Documents {
  const added = new Map<string, string>()
  return {
    readText(document) {
      const name = typeof document === 'string' ? document : document.path
      const text = added.get(name) ?? documents[name]
      return text === undefined ? Promise.reject(new StepFailure('document-missing', name)) : Promise.resolve(text)
    },
    add(name, text) {
      added.set(`documents/${name}`, text)
      return Promise.resolve({ $type: 'File', path: `documents/${name}`, name, size: text.length })
    },
    copy(document, name = typeof document === 'string' ? document : document.name, key) {
      return this.readText(document).then((text) => this.add(name, text, key))
    }
  }
}

/** Accepts every mail after a second. */
function mailTo(line: (text: string) => void): MailService {
  return {
    async send({ to, subject, messageId }, account) {
      line(`Mail ${messageId.slice(0, 8)} to ${to.join(', ')} by ${account === '' ? 'the usual account' : account}: ${subject}`)
      return Promise.resolve({ messageId, refused: [] })
    }
  }
}

/** The sandbox has tests of its own: here it is enough that the script runs. */
const scripts: ScriptService = {
  async run(source, data) {
    const body = /\breturn\b/.test(source) ? `(() => {${source}\n})()` : source
    return Promise.resolve(JSON.parse(JSON.stringify(vm.runInNewContext(body, { ...data }) ?? null)) as Value)
  }
}
