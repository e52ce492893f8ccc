import type { CancelSignal } from './cancelSignal.ts'
import type { Failure } from './failure.ts'
import type { Flow } from '../flow/flow.ts'
import type { Mapping } from '../mapping/mapping.ts'
import type { Services } from './services.ts'
import type { Step, StepId } from './step.ts'
import type { BranchResult, Detach, Enter, Exit, Fork, FrameResult, Transition } from './transition.ts'
import type { Value, ValueRecord } from '../value/value.ts'
import type { ValueOf, ValueType } from '../value/valueType.ts'

/** The groups of the Toolbox, in its order. A category without steps is not shown. */
export const categories = [
  'Flow Management',
  'Data',
  'Text',
  'Files',
  'Mail',
  'Web',
  'Database',
  'People',
  'Code'
] as const

export type Category = (typeof categories)[number]

/** A value the step needs when it runs; its mapping says where it comes from. */
export interface InputDefinition {
  readonly type: ValueType
  /** One sentence for people: what it is for. */
  readonly summary: string
  readonly required?: boolean
  /** Required only while a setting has one of these values. */
  readonly requiredWhen?: SettingIs
  /** The mapping a freshly placed step has; unset when absent. */
  readonly initial?: Mapping
  /** Type Template only: the root that the step fills in per item, such as `recipient`. */
  readonly itemRoot?: string
  /** Constant texts are written in a field of several lines. */
  readonly multiline?: boolean
  /** Constant texts are the path of a file of the Designer Folder: the form offers to choose one. */
  readonly document?: boolean
  /** The setting that names a variable of the flow: the input has that variable's type. */
  readonly variableOf?: string
  /** Shown only while a setting has one of these values. */
  readonly shownWhen?: SettingIs
}

/** That a setting of the step has one of these values. */
export interface SettingIs {
  readonly setting: string
  readonly is: readonly Value[]
}

interface SettingBase {
  /** One sentence for people: what it does. */
  readonly summary: string
  readonly shownWhen?: SettingIs
}

/** Something chosen while drawing. The key is its name on the screen. */
export type SettingDefinition = SettingBase &
  /** With `path`: where a value stands in the flow data when a body of the step has ended. */
  (
    | { readonly kind: 'text'; readonly initial: string; readonly multiline?: boolean; readonly path?: boolean }
    | {
        readonly kind: 'number'
        readonly initial: number
        readonly min?: number
        readonly max?: number
        readonly unit?: string
      }
    | { readonly kind: 'boolean'; readonly initial: boolean }
    | { readonly kind: 'choice'; readonly initial: string; readonly choices: readonly string[] }
    /** The path of another flow, relative to the folder of this one. */
    | { readonly kind: 'flow'; readonly initial: string }
    /** The id of an End Step of this flow; empty for the only one. */
    | { readonly kind: 'end-step'; readonly initial: string }
    /** A mail account's name, or 'Outbox'. */
    | { readonly kind: 'account'; readonly initial: string }
    /** A column of the document in the input `of`: the form offers the heads it finds there. */
    | { readonly kind: 'column'; readonly initial: string; readonly of: string }
    /** Several texts, one a line. With `needed`: none at all makes no sense. None may be one of `reserved`. */
    | {
        readonly kind: 'texts'
        readonly initial: readonly string[]
        readonly needed?: boolean
        readonly reserved?: readonly string[]
      }
    /** The id of a step of this flow. */
    | { readonly kind: 'step'; readonly initial: string }
    /** Ids of steps of this flow. With `needed`: none at all makes no sense. */
    | { readonly kind: 'steps'; readonly initial: readonly string[]; readonly needed?: boolean }
    /** The name of a variable of this flow. */
    | { readonly kind: 'variable'; readonly initial: string }
    /** Named values of chosen types. */
    | { readonly kind: 'values'; readonly initial: readonly NamedType[] }
    /** JavaScript for the sandbox. */
    | { readonly kind: 'script'; readonly initial: string }
  )

/** A name and the type of its values, as a setting holds them. */
export type NamedType = { readonly name: string; readonly type: ValueType }

/** A named way out, with the outputs that exist when the step ends by it. */
export interface OutcomeDefinition {
  readonly outputs: { readonly [name: string]: OutputDefinition }
  /** The outcome leads to a body, which comes back to the step; inside it there are these values too, by name. */
  readonly locals?: { readonly [name: string]: OutputDefinition }
  /** One sentence for people: when it is taken. */
  readonly summary?: string
}

export interface OutputDefinition {
  readonly type: ValueType
  readonly summary: string
  /** The input with the list of which this is an item: its items' type is the type, where it is known. */
  readonly itemOf?: string
}

export type Inputs = { readonly [name: string]: InputDefinition }
export type Settings = { readonly [name: string]: SettingDefinition }
export type Outcomes = { readonly [name: string]: OutcomeDefinition }

/** Where a step stands, for what depends on it (Run Flow has its child's inputs, End Step its flow's outputs). */
export interface StepSurroundings {
  readonly flow: Flow
  /** The flow at `path` (relative to the folder of `flow`); undefined when there is none or it cannot be read. */
  flowAt(path: string): Flow | undefined
}

/**
 * What a kind of step is to the interpreter. A flow starts at its one `start` step; an `end` step ends the flow call with
 * its own name as outcome; branches meet at a `join`; a failed call goes on at a `catch`; an outcome that is not
 * connected goes on at a `catch-outcome`.
 */
export type StepRole = 'start' | 'end' | 'join' | 'catch' | 'catch-outcome'

/** How many branches have to arrive, and whether the others are stopped then. */
export interface JoinNeed {
  readonly needed: number
  readonly cancelRest: boolean
}

/**
 * What a kind of step has to do with the outside, and so what happens to a visit that was cut off by the end of the
 * process when its run is resumed:
 *
 * - absent, pure: the same inputs, settings and data give the same transition. It may be decided anew at any time;
 * - `observes`: it looks at, or waits for, something that may be another later (a file, the time, a signal). Its result is
 *   kept in the journal; cut off, it looks again;
 * - `idempotent`: it changes something, and doing so again with the same key changes nothing more. Cut off, it is repeated;
 * - `unsafe`: it changes something, and doing so twice is wrong. It says `begin` before each effect; what had begun and not
 *   ended when it was cut off is in doubt.
 *
 * A step with an effect only exits. What enters or forks is called again and again, and again by each resume, so it is pure.
 */
export type Effect = 'observes' | 'idempotent' | 'unsafe'

/** A kind of step. Form, Toolbox, checker, docs page and types come from it. */
export interface StepDefinition {
  /** Written in flow files; never changes. */
  readonly type: string
  readonly title: string
  /** One sentence: what the step does. */
  readonly summary: string
  readonly category: Category
  /** A lucide icon name, or 'go-async' for our own. */
  readonly icon: string
  readonly inputs: Inputs
  readonly settings: Settings
  readonly outcomes: Outcomes
  readonly role?: StepRole
  /** Ends the wait of the caller: drawn with a reply handle, what follows is the background part. */
  readonly detaches?: boolean
  readonly effect?: Effect
  /** While it runs it only waits: for time, a signal, another thread. */
  readonly waits?: boolean
  /** The signals that it waits for while it runs. */
  waitsForSignals?(inputs: ValueRecord, settings: ValueRecord): readonly string[]
  /** The step can fail, so it has the outcome On Exception. */
  readonly canFail?: boolean
  /** The inputs are worked out anew each time the step is called again after a body (While). */
  readonly freshInputs?: boolean
  /** The step that this one goes on at, whatever is connected (GoTo). */
  jumpsTo?(settings: ValueRecord): StepId | undefined
  /** Branches start at this step and meet at the Join that follows. */
  readonly forks?: boolean
  /** With these settings the step runs its body several times at once. */
  concurrent?(settings: ValueRecord): boolean
  /** Role join: what it waits for when `branches` lead to it. */
  joins?(settings: ValueRecord, branches: number): JoinNeed
  /** Role catch: whether it handles this failure of the flow call. */
  handles?(settings: ValueRecord, failure: Failure): boolean
  /** Role catch-outcome: whether it takes this outcome, which is not connected. */
  takes?(settings: ValueRecord, outcome: string): boolean
  /** Inputs beside the fixed ones. */
  dynamicInputs?(step: Step, surroundings: StepSurroundings): Inputs
  /** Outcomes instead of the fixed ones; undefined when they cannot be known (the child flow is missing). */
  dynamicOutcomes?(step: Step, surroundings: StepSurroundings): Outcomes | undefined
  /** The summary line on the canvas: the most telling settings in a few words. */
  describe?(step: Step, surroundings: StepSurroundings): string
  run(context: StepContext): Transition | Promise<Transition>
}

/** What a step gets when it runs. */
export interface StepContext<I = ValueRecord, S = ValueRecord> {
  readonly step: Step
  /** The inputs, evaluated and of their declared types; those that are not required may be null. */
  readonly inputs: I
  /** The values of `dynamicInputs`. */
  readonly dynamicInputs: ValueRecord
  /** The settings, initial ones filled in. */
  readonly settings: S
  /** What the step gave to `enter` or `fork` last time; undefined the first time. */
  readonly state: Value | undefined
  /** How the frame entered last time ended. */
  readonly result: FrameResult | undefined
  /** How the branches forked last time ended. At a Join: how those that lead to it did. */
  readonly results: readonly BranchResult[] | undefined
  /** Role catch: the failure to handle. */
  readonly caught: Failure | undefined
  readonly services: Services
  readonly signal: CancelSignal
  /** `<run>/<frame path>/<step>`: the same at every attempt and after a resume. */
  readonly key: string
  readonly threads: ThreadControl
  /** How often the step has been tried on this visit, this time included. */
  readonly attempt: number
  /** When this attempt began: wall time in milliseconds since 1970, the same after a resume. */
  readonly startedAt: number
  /** What the visit had done before this attempt; undefined when nothing is known that must not happen twice. */
  readonly resumed: Resumed | undefined
  /**
   * Says that something is about to happen outside that must not happen twice, on one of the step's items or as a whole.
   * Resolves once the journal cannot lose that; rejects when it cannot be written, and then it must not happen.
   */
  begin(item?: BegunItem): Promise<void>
  progress(progress: Progress): void
  log(level: LogLevel, message: string): void
}

/** What a step may know of and do to the run's other threads. */
export interface ThreadControl {
  /** Resolves when the thread has ended; rejects with Cancelled when this step is stopped first. */
  ended(thread: number): Promise<ThreadResult>
  /** Stops one thread, or the whole run. */
  cancel(thread?: number): void
  /**
   * Gives a signal to this run: the step that waits for it next (or already) gets `value`. `keep` (unless given: true):
   * whether it is kept when no step waits for it already; else it is dropped, and the log says so.
   */
  send(signal: string, value: Value, keep?: boolean): void
  /** The first of these signals; undefined when none came within `seconds` of the beginning of the attempt. */
  receive(signals: readonly string[], seconds?: number): Promise<ReceivedSignal | undefined>
}

/** A signal that came to a step that waited for it. */
export interface ReceivedSignal {
  readonly signal: string
  readonly value: Value
}

/** How another thread ended. */
export interface ThreadResult {
  readonly end: 'completed' | 'failed' | 'cancelled' | 'detached'
  readonly outcome: string
  readonly outputs: ValueRecord
  readonly error?: Failure
}

/** An item of a step on which an effect begins. */
export interface BegunItem {
  /** From 0. */
  readonly index: number
  readonly label: string
}

/** What people want to happen to effects of which nobody knows whether they happened. */
export type DoubtHandling = 'retry' | 'skip'

/** What stands for the step as a whole among the numbers of its items. */
export const wholeStep = -1

/** How far earlier attempts of a visit had come: of the process that ended, or of this one. */
export interface Resumed {
  /** The items whose effect has ended, by index, and how. */
  readonly items: ReadonlyMap<number, ProgressItem>
  /** The items that had failed when the run was settled, and that a retry does again, by index. */
  readonly again: ReadonlySet<number>
  /** The items whose effect had begun and not ended, and what is done about each, by index; −1 for the step as a whole. */
  readonly inDoubt: ReadonlyMap<number, DoubtHandling>
}

export type LogLevel = 'debug' | 'info' | 'warning' | 'error'

/** How far a step is: `done` of `total` items, and the item that has just changed. */
export interface Progress {
  readonly done: number
  readonly total: number
  readonly item?: ProgressItem
}

export interface ProgressItem {
  /** From 0. */
  readonly index: number
  readonly label: string
  readonly state: 'done' | 'failed'
  /** Why it failed, or what the server said. */
  readonly detail?: string
}

type InputValues<I extends Inputs> = {
  readonly [N in keyof I]: I[N]['required'] extends true ? ValueOf<I[N]['type']> : ValueOf<I[N]['type']> | null
}

type SettingValue<S extends SettingDefinition> = S['kind'] extends 'number'
  ? number
  : S['kind'] extends 'texts' | 'steps'
    ? readonly string[]
    : S['kind'] extends 'values'
      ? readonly NamedType[]
      : S['kind'] extends 'boolean'
        ? boolean
        : S extends { readonly choices: readonly (infer C)[] }
          ? C
          : string

type SettingValues<S extends Settings> = { readonly [N in keyof S]: SettingValue<S[N]> }

type OutputValues<O extends OutcomeDefinition> = {
  readonly [N in keyof O['outputs']]: ValueOf<O['outputs'][N]['type']> | null
}

type Exits<O extends Outcomes> = {
  [N in keyof O & string]: Omit<Exit, 'outcome' | 'outputs'> & {
    readonly outcome: N
    readonly outputs: OutputValues<O[N]>
  }
}[keyof O & string]

type TypedExit<O extends Outcomes> = keyof O extends never ? Exit : Exits<O>

/** A step with an effect only exits: a resume makes it do nothing again, and so could not enter anything again either. */
type TypedTransition<O extends Outcomes, E extends Effect> =
  TypedExit<O> | ([E] extends [never] ? Enter | Fork | Detach : never)

/** A definition whose `run` is typed by its own inputs, settings, outcomes and effect. */
export function defineStep<
  const I extends Inputs,
  const S extends Settings,
  const O extends Outcomes,
  const E extends Effect = never
>(
  definition: Omit<StepDefinition, 'inputs' | 'settings' | 'outcomes' | 'effect' | 'run'> & {
    readonly inputs: I
    readonly settings: S
    readonly outcomes: O
    readonly effect?: E
    run(
      context: StepContext<InputValues<NoInfer<I>>, SettingValues<NoInfer<S>>>
    ): TypedTransition<NoInfer<O>, NoInfer<E>> | Promise<TypedTransition<NoInfer<O>, NoInfer<E>>>
  }
): StepDefinition {
  return definition
}
