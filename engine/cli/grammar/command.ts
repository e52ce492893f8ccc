import type { Terminal } from '../terminal.ts'

/** A word that follows the name of a command, such as a flow or a run. */
export interface CommandWord {
  /** What the person has to say, behind “Say”: 'which flow to run'. Without it the word may be left out. */
  readonly needed?: string
  /** Several may follow each other. */
  readonly many?: true
  /** What shells offer for it; nothing unless given. */
  readonly offers?: 'flow' | 'run' | 'path'
  /** The only words that it may be. */
  readonly choices?: readonly string[]
}

/** An option of a command, written `--name` or `--name VALUE`. */
export interface CommandOption {
  /** What it does, as a sentence without a full stop. */
  readonly summary: string
  /** What follows it, in capitals; absent for a switch. */
  readonly value?: string
  /** It may be given more than once. */
  readonly many?: true
  /** The only values that it may have. */
  readonly choices?: readonly string[]
}

type Words = Readonly<Record<string, CommandWord>>
type Options = Readonly<Record<string, CommandOption>>

type One<T extends CommandWord | CommandOption> = T extends { readonly choices: readonly (infer C)[] } ? C : string

type WordValue<W extends CommandWord> = W extends { readonly many: true }
  ? readonly One<W>[]
  : W extends { readonly needed: string }
    ? One<W>
    : One<W> | undefined

type OptionValue<O extends CommandOption> = O extends { readonly value: string }
  ? O extends { readonly many: true }
    ? readonly One<O>[]
    : One<O> | undefined
  : boolean

/** What a word or an option came to. */
export type GivenValue = string | boolean | readonly string[] | undefined

/** What a person has given to a command, by the names of its words and options. */
type Given<W extends Words, O extends Options> = {
  readonly [K in keyof W]: WordValue<W[K]>
} & { readonly [K in keyof O]: OptionValue<O[K]> }

/** A command of `tailrace`: how it is written, what it does, and what does it. Help, manual and completion come from it. */
export interface Command {
  readonly name: string
  /** What it does, as a sentence without a full stop. */
  readonly summary: string
  /** In the order in which they are written; the last one may be one of many. */
  readonly words: Words
  readonly options: Options
  /** Answers the exit status. `argv`: the whole command line. */
  perform(given: Readonly<Record<string, GivenValue>>, terminal: Terminal, argv: readonly string[]): Promise<number>
}

/** A command from an object literal; what `perform` is given has the types that its words and options say. */
export function defineCommand<const W extends Words, const O extends Options>(
  command: Omit<Command, 'words' | 'options' | 'perform'> & {
    readonly words: W
    readonly options: O
    perform(given: Given<NoInfer<W>, NoInfer<O>>, terminal: Terminal, argv: readonly string[]): Promise<number>
  }
): Command {
  return command
}

/** How a command is written: `signal RUN NAME [VALUE]`. */
export const usageOf = ({ name, words }: Command): string =>
  [
    name,
    ...Object.entries(words).map(([word, { needed, many, choices }]) => {
      const written = `${choices ? choices.join('|') : word.toUpperCase()}${many ? '...' : ''}`
      return needed === undefined ? `[${written}]` : written
    })
  ].join(' ')

/** How an option is written: `--folder DIR`. */
export const optionUsage = (name: string, { value }: CommandOption): string =>
  value === undefined ? `--${name}` : `--${name} ${value}`

/** Where runs are looked for. */
export const placesOfRuns = {
  folder: { value: 'DIR', summary: 'The Designer Folder; the current folder unless given' },
  journal: { value: 'DIR', summary: 'Where the folders of the runs are, instead of the Process Folder' }
} as const

/** A run that is to be looked at or steered. */
export const runWord = (what: string) => ({ needed: what, offers: 'run' }) as const
