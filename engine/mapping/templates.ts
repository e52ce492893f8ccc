import type { ExpressionReader } from '../expression/index.ts'
import type { InputDefinition, Value } from '../model/index.ts'

/** A value as an input gets it: a text becomes a template where one is wanted. */
export function asTemplate(value: Value, { type }: Pick<InputDefinition, 'type'>): Value {
  return type === 'Template' && typeof value === 'string'
    ? { $type: 'Template', format: 'text', parts: [value] }
    : value
}

/** The reader that gives what `read` does, a text as a template where one is wanted. */
export function readAsTemplate<D, L>(
  input: Pick<InputDefinition, 'type'>,
  read: ExpressionReader<D, L>
): ExpressionReader<D, L> {
  if (input.type !== 'Template') return read
  return (data, locals) => {
    const value = read(data, locals)
    return value === undefined ? undefined : asTemplate(value, input)
  }
}
