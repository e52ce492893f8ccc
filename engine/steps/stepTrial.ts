import {
  CancelSource,
  Cancelled,
  type Clock,
  type Documents,
  type FileReference,
  type LogLevel,
  type Mail,
  type MailReceipt,
  type Progress,
  type Resumed,
  type Step,
  type StepContext,
  type StepDefinition,
  StepFailure,
  type Transition,
  type Value,
  type ValueRecord,
  settingsOf
} from '../model/index.ts'

/** One run of one step alone, for tests: documents in memory, a clock that jumps, and a mail service of the test's. */
export interface StepTrial {
  readonly transition: Promise<Transition>
  readonly cancel: CancelSource
  readonly clock: Clock
  readonly progress: readonly Progress[]
  readonly log: readonly string[]
  /** The items that were said to begin, by index; −1 for the step as a whole. */
  readonly begun: readonly number[]
  readonly mails: readonly (Mail & { readonly account: string; readonly at: number })[]
  /** The documents of the process folder. */
  readonly documents: ReadonlyMap<string, string>
}

export interface TrialOptions {
  readonly name?: string
  readonly inputs?: ValueRecord
  readonly settings?: ValueRecord
  /** Files of the Designer Folder, by path. */
  readonly files?: Readonly<Record<string, string>>
  /** Documents that the process folder holds already, by name. */
  readonly documents?: Readonly<Record<string, string>>
  /** When the visit began, in milliseconds; now unless given. */
  readonly startedAt?: number
  /** What an earlier process had done of the visit. */
  readonly resumed?: Resumed
  /** Runs a script; there is no sandbox unless given. */
  script?(source: string, data: ValueRecord): Promise<Value>
  /** What the journal says to what begins; takes it at once unless given. */
  begin?(): Promise<void>
  /** Answers a mail; accepts all unless given. */
  send?(mail: Mail, cancel: CancelSource, clock: Clock): Promise<MailReceipt>
}

export function tryStep(definition: StepDefinition, options: TrialOptions): StepTrial {
  const { inputs = {}, settings = {}, files = {}, name = definition.title } = options
  const step: Step = { id: definition.type, type: definition.type, name, settings, inputs: {} }
  const cancel = new CancelSource()
  const clock = jumpingClock()
  const progress: Progress[] = []
  const log: string[] = []
  const begun: number[] = []
  const mails: (Mail & { account: string; at: number })[] = []
  const documents = new Map(Object.entries(options.documents ?? {}))
  const unset = Object.fromEntries(Object.keys(definition.inputs).map((input) => [input, null]))
  const context: StepContext = {
    step,
    inputs: { ...unset, ...inputs },
    dynamicInputs: {},
    settings: settingsOf(definition, step),
    state: undefined,
    result: undefined,
    results: undefined,
    signal: cancel,
    key: 'run-1/0/step#1',
    services: {
      clock,
      random: () => 0,
      documents: documentsIn(files, documents),
      mail: {
        async send(mail, account) {
          const receipt = await options.send?.(mail, cancel, clock)
          mails.push({ ...mail, account, at: clock.elapsed() })
          return receipt ?? { messageId: mail.messageId, refused: [] }
        }
      },
      script: { run: (source, data) => options.script?.(source, data) ?? noSuch() }
    },
    threads: { ended: noSuch, cancel: noSuch, send: noSuch, receive: noSuch },
    caught: undefined,
    attempt: 1,
    startedAt: options.startedAt ?? clock.now(),
    resumed: options.resumed,
    begin: (item) => {
      begun.push(item?.index ?? -1)
      return options.begin?.() ?? Promise.resolve()
    },
    progress: (one) => void progress.push(one),
    log: (level: LogLevel, message) => void log.push(`${level}: ${message}`)
  }
  const run = async (): Promise<Transition> => definition.run(context)
  return { transition: run(), cancel, clock, progress, log, begun, mails, documents }
}

/** What no step that is tried here may ask for. */
const noSuch = (): never => {
  throw new Error('A step trial has no threads and no sandbox')
}

/** A file of the Designer Folder, as a step input has it. */
export const fileAt = (path: string): FileReference => ({ $type: 'File', from: 'folder', path, name: path, size: 0 })

/** A clock on which nothing takes time but sleeping, and sleeping is over as soon as nobody has anything else to do. */
export function jumpingClock(): Clock {
  let elapsed = 0
  const sleepers: { readonly until: number; wake(): void }[] = []
  const jump = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    sleepers.sort((one, other) => one.until - other.until)
    const next = sleepers.shift()
    if (!next) return
    elapsed = Math.max(elapsed, next.until)
    next.wake()
  }
  return {
    now: () => elapsed,
    elapsed: () => elapsed,
    sleep: (milliseconds, signal) =>
      new Promise((wake, reject) => {
        signal.onCancel(() => reject(new Cancelled()))
        sleepers.push({ until: elapsed + milliseconds, wake })
        void jump()
      })
  }
}

function documentsIn(files: Readonly<Record<string, string>>, added: Map<string, string>): Documents {
  const textOf = (document: FileReference | string): string => {
    const path = typeof document === 'string' ? document : document.path
    const text = files[path] ?? added.get(path)
    if (text === undefined) throw new StepFailure('document-missing', `There is no document “${path}”.`)
    return text
  }
  const names = new Map<string, string>()
  const add = (wanted: string, text: string, key: string): FileReference => {
    const { stem = wanted, ext = '' } = /^(?<stem>.*?)(?<ext>\.[^.]*)?$/.exec(wanted)?.groups ?? {}
    const known = names.get(`${key} ${text}`)
    let name = known ?? wanted
    if (known === undefined) for (let copy = 2; added.has(name); copy++) name = `${stem} (${copy})${ext}`
    names.set(`${key} ${text}`, name)
    added.set(name, text)
    return { $type: 'File', path: `documents/${name}`, name, size: text.length }
  }
  return {
    readText: async (document) => textOf(document),
    add: async (name, text, key) => add(name, text, key),
    copy: async (document, name, key) =>
      add(name ?? (typeof document === 'string' ? document : document.name), textOf(document), key)
  }
}
