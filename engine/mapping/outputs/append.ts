import { checkMessages } from '../../messages/check.ts'
import { type ItemType, itemTypeOf, typeFits } from '../../model/index.ts'
import type { OutputKindDefinition } from '../outputKind.ts'

/** Append To List: the output goes to the end of the list in a variable. */
export const append: OutputKindDefinition<'append'> = {
  title: 'Append to a variable',
  fields: { variable: { holds: 'text' } },
  fresh: (_output, variable) => ({ kind: 'append', variable }),
  variable: (mapping) => ({
    name: mapping.variable,
    withName: (variable) => ({ ...mapping, variable }),
    appends: true,
    wants: (output) => (itemTypeOf(output) === undefined ? `List of ${output as ItemType}` : 'List of Any'),
    takes: (variable, output) => {
      const item = itemTypeOf(variable)
      const isItem = item !== undefined && itemTypeOf(output) === undefined && typeFits(output, item)
      return isItem || variable === 'Any' || item === 'Any'
    },
    misfit: ({ output, step }, _found, variable, type) => checkMessages.outputAppend(output, step, variable, type),
    retype: checkMessages.fixes.listVariable
  })
}
