import type { Mapping, Value } from '../model/index.ts'

/** What a field of a mapping holds in a flow file, as engine/file reads and writes it. */
export type FileField = TextField | LinesField | ValueField | ChoiceField | PartsField | NamedPartsField

type TextField = { readonly holds: 'text' }
/** A text that is written as `lines` when it has several. One field of a kind at most. */
type LinesField = { readonly holds: 'lines' }
/** Any value; a text of several lines is written as `lines`. One field of a kind at most. */
type ValueField = { readonly holds: 'value' }
type ChoiceField<T extends string = string> = {
  readonly holds: 'choice'
  readonly choices: readonly T[]
  /** What files mean that do not say. */
  readonly initial: T
}
type PartsField = { readonly holds: 'mappings' }
type NamedPartsField = { readonly holds: 'named mappings' }

/** Whether a field may be written as `lines`. */
export function inLines({ holds }: FileField): boolean {
  return holds === 'lines' || holds === 'value'
}

/** The fields of a kind beside `kind`, by name. */
export type FileFields = Readonly<Record<string, FileField>>

/** What the fields of the mappings `M` beside `kind` hold: each as its type allows. */
export type FileFieldsOf<M extends { readonly kind: string }> = FileFields & {
  readonly [F in Exclude<keyof M, 'kind'>]: FileFieldOf<M[F]>
}

type FileFieldOf<T> = [Value] extends [T]
  ? ValueField
  : [T] extends [string]
    ? string extends T
      ? TextField | LinesField
      : ChoiceField<T>
    : [T] extends [readonly Mapping[]]
      ? PartsField
      : NamedPartsField
