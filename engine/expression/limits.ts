/** What keeps an expression small and its evaluation short. Generous for people, tight for accidents. */
export const limits = {
  /** Characters of a source. */
  source: 100_000,
  /** Brackets, calls and signs inside each other. */
  nesting: 100,
  /** Operations on top of each other in the syntax tree, so that nothing that walks it runs out of stack. */
  depth: 500,
  /** Characters of a text that an expression makes. */
  text: 1_000_000,
  /** Items of a list that an expression makes. */
  list: 1_000_000,
  /** Characters of all texts and names in a list or record that an expression makes. */
  result: 100_000_000,
  /** Lists and records inside each other, where an operation has to look at all of a value. */
  dataDepth: 200,
  /** Units of work of one evaluation: about one per item looked at and per operation on it. About half a second. */
  work: 20_000_000,
  /** Problems reported at once. */
  problems: 100
} as const
