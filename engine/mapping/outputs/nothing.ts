import type { OutputKindDefinition } from '../outputKind.ts'

/** Nothing: the output is not kept. */
export const nothing: OutputKindDefinition<'nothing'> = {
  title: 'Nothing',
  fields: {},
  fresh: () => ({ kind: 'nothing' })
}
