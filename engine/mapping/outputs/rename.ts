import { checkMessages } from '../../messages/check.ts'
import type { OutputKindDefinition } from '../outputKind.ts'

/** Rename: later steps find the output under another name. */
export const rename: OutputKindDefinition<'rename'> = {
  title: 'Rename',
  fields: { name: { holds: 'text' } },
  fresh: (output) => ({ kind: 'rename', name: output }),
  path: ({ name }, step) => ['steps', step, name],
  problem({ name }, { output, step }) {
    if (name.trim() === '') return { code: 'output-name-empty', message: checkMessages.outputNameEmpty(output, step) }
    if (name in {}) return { code: 'name-forbidden', message: checkMessages.outputNameForbidden(output, step, name) }
    return undefined
  }
}
