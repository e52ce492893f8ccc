import type { ExpressionReader, ExpressionScope, ExpressionSurroundings } from '../expression/index.ts'
import type { InputDefinition, Mapping, MappingKind, Path, Value, ValueType } from '../model/index.ts'
import type { FileFieldsOf } from './fileField.ts'

/** The mappings of one kind. */
export type MappingOf<K extends MappingKind> = Extract<Mapping, { kind: K }>

/** All there is to say about one kind of mapping. What it leaves out, it does not do. */
export interface MappingKindDefinition<K extends MappingKind> {
  /** The words people see. */
  readonly title: string
  /** Its fields in flow files. */
  readonly fields: FileFieldsOf<MappingOf<K>>
  /** It says that the step gets nothing; a required input that gets nothing has no value chosen. */
  readonly givesNothing?: true
  /** Whether it gives no value, whatever the data is. */
  isNull?(mapping: MappingOf<K>): boolean
  /** Whether nothing is chosen yet, or the chosen thing is empty: an error where the input is required. */
  isEmpty(mapping: MappingOf<K>): boolean
  /** The mappings it is built of. */
  parts?(mapping: MappingOf<K>): readonly Mapping[]
  /** The mapping with each of its parts replaced by what `change` makes of it; the same one when nothing changed. */
  changeParts?(mapping: MappingOf<K>, change: (part: Mapping) => Mapping): MappingOf<K>
  /** The paths it reads itself, in the order in which they stand in it. */
  paths?(mapping: MappingOf<K>): readonly Path[]
  /** The mapping with each of these paths replaced by what `change` makes of it. */
  changePaths?(mapping: MappingOf<K>, change: (path: Path) => Path): MappingOf<K>
  /** The path whose value it gives as it stands there, when that is all it does. */
  selects?(mapping: MappingOf<K>): Path
  /** Makes it ready: what it takes from the data, not yet as the input's type. */
  compile<D, L>(mapping: MappingOf<K>, to: MappingCompilation<D, L>): ExpressionReader<D, L>
  /** The script that gives the value, when a sandbox has to run it: that takes a while, and what compile gives is not asked. */
  script?(mapping: MappingOf<K>): string
  /** Whether it may give another value later although the data is the same; its parts are asked by themselves. */
  observes?(mapping: MappingOf<K>): boolean
  /** The type of what it gives; undefined where that only shows at run time. */
  type(mapping: MappingOf<K>, at: DrawnData): ValueType | undefined
  /** Tells what is wrong with it; its parts are checked by themselves. */
  check?(mapping: MappingOf<K>, at: MappingCheck): void
  /** It in a few words for the canvas; empty when there is none. */
  describe(mapping: MappingOf<K>): string
  /** Whether the form offers it for such an input. */
  suits(input: InputDefinition): boolean
  /** What it says in words that other kinds have as well. */
  words?(mapping: MappingOf<K>): MappingWords
  /** One of this kind in place of `other`, for an input of that type: what `other` said stays where both have words for it. */
  inPlaceOf(other: Mapping, words: MappingWords, type: ValueType): MappingOf<K>
}

/** What a mapping says, as far as other kinds can say it too. */
export interface MappingWords {
  readonly text?: string
  readonly value?: Value
  readonly path?: Path
  /** As an expression. */
  readonly source?: string
}

/** What a mapping is made ready for: the data that it will read, and the input that it fills. */
export interface MappingCompilation<D, L> extends ExpressionSurroundings<D, L> {
  readonly input: Pick<InputDefinition, 'type' | 'itemRoot'>
  /** Makes a part ready. */
  readonly part: (mapping: Mapping) => ExpressionReader<D, L>
}

/** What is known while drawing of the data that a mapping may read where it stands. */
export interface DrawnData {
  /** The type of what stands at a path; undefined where it cannot be known or there is no such path. */
  readonly typeAt: (path: Path) => ValueType | undefined
  /** The type of what another mapping gives there. */
  readonly typeOf: (mapping: Mapping) => ValueType | undefined
  /** What expressions may read there. */
  readonly scope: ExpressionScope
}

/** What a kind asks, and tells, when one of its mappings is checked. */
export interface MappingCheck extends DrawnData {
  readonly input: InputDefinition
  /** The names of the input and of its step, for messages. */
  readonly inputName: string
  readonly stepName: string
  /** The type that is wanted: that of the input, or any inside another mapping. */
  readonly expected: ValueType
  /** Checks that there is such a path, of the type `expected`, and that its value is there when the step begins. */
  readonly checkPath: (path: Path, expected: ValueType, use?: PathUse) => void
  /** Whether there is such a path. */
  readonly isKnown: (path: Path) => boolean
  /** Checks only that its value is there when the step begins. */
  readonly checkAvailability: (path: Path, use?: PathUse) => void
  /** Reports a problem; with the mappings that mend it. */
  readonly tell: (severity: 'error' | 'warning', code: string, message: string, mends?: readonly Mend[]) => void
}

/** A mapping that would be right in place of one that is not. */
export interface Mend {
  readonly title: string
  readonly instead: Mapping
}

/** What becomes of the value at a path: the input gets it as it is, or the mapping can do without it. */
export type PathUse = 'as-it-is' | 'optional'
