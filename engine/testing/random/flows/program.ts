/** A flow before it is drawn: blocks of parts, one after another. */
export interface Program {
  /** The signal that it gives before anything else. */
  readonly greets: string | undefined
  readonly main: Block
  /** What follows Catch Exception, where the flow has one. */
  readonly caught: Block | undefined
  readonly catchOutcome: boolean
  readonly twoEnds: boolean
  /** Whether the End Step tells when it was reached. */
  readonly clockAtEnd: boolean
}

export type Block = readonly Part[]

/** How an input gets its value: as it is drawn, from a Script, from the clock, or from a Script that reads the clock. */
export type Given = 'drawn' | 'script' | 'clock' | 'clock script'

/** When the Work at a place fails. */
export type Fails = 'never' | 'first' | 'some' | 'always'

/**
 * What a While goes by: a variable that its body counts up (in an Expression or a Script), the clock, or a variable that its
 * body sets to nothing, so that the condition is missing in the second round.
 */
export type Until = 'variable' | 'script' | 'clock' | 'missing'

/** What every kind of step that can fail may have. */
export interface Limited {
  readonly retry: boolean
  readonly timeout: boolean
  /** What follows On Exception, where it is connected. */
  readonly handled: Block | undefined
}

/** What may be passed over. */
interface Switchable {
  readonly disabled: boolean
}

/** A step, or a few that belong together. */
export type Part =
  | (Limited & Switchable & { readonly kind: 'work'; readonly fails: Fails; readonly given: Given })
  | (Switchable & { readonly kind: 'pass' | 'set'; readonly given: Given })
  | (Switchable & { readonly kind: 'go-async' })
  | { readonly kind: 'end' | 'throw' | 'cancel' | 'linked' | 'linked-wait' | 'circle' }
  | (Limited & { readonly kind: 'call' })
  | (Limited & Switchable & { readonly kind: 'pause' })
  | (Switchable & { readonly kind: 'send'; readonly signal: string; readonly keep: boolean })
  | (Limited & { readonly kind: 'receive'; readonly signal: string })
  | (Limited & { readonly kind: 'receive-first'; readonly givesUp: boolean })
  | (Limited & { readonly kind: 'document'; readonly name: string; readonly text: string })
  | (Limited & MailPart)
  | (Switchable & { readonly kind: 'if'; readonly yes: Block; readonly no: Block })
  | (Limited & Switchable & { readonly kind: 'while'; readonly until: Until; readonly body: Block })
  | (Limited &
      Switchable & { readonly kind: 'repeat'; readonly times: number; readonly given: Given; readonly body: Block })
  | (Limited & Switchable & EachPart)
  | (Limited & ParallelPart)

interface MailPart {
  readonly kind: 'mail'
  readonly recipients: number
  readonly inDoubt: string
  readonly atMost: number
  readonly oneToAll: boolean
}

interface EachPart {
  readonly kind: 'each'
  readonly atMost: number
  readonly onError: string
  readonly items: number
  /** So many items have to end well; 0: all of them. */
  readonly enough: number
  readonly given: Given
  readonly body: Block
}

interface ParallelPart {
  readonly kind: 'parallel'
  readonly paths: readonly { readonly block: Block; readonly joined: boolean }[]
  readonly waitFor: string
  readonly cancelRest: boolean
}
