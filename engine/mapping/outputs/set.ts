import { checkMessages } from '../../messages/check.ts'
import { typeFits } from '../../model/index.ts'
import type { OutputKindDefinition } from '../outputKind.ts'

/** Set Value: the output becomes the value of a variable. */
export const set: OutputKindDefinition<'set'> = {
  title: 'Set a variable',
  fields: { variable: { holds: 'text' } },
  fresh: (_output, variable) => ({ kind: 'set', variable }),
  path: ({ variable }) => ['flow', variable],
  variable: (mapping) => ({
    name: mapping.variable,
    withName: (variable) => ({ ...mapping, variable }),
    appends: false,
    wants: (output) => output,
    takes: (variable, output) => typeFits(output, variable),
    misfit: ({ output, step }, found, variable, type) => checkMessages.outputType(output, step, found, variable, type),
    retype: checkMessages.fixes.retype
  })
}
