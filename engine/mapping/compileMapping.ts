import type { ExpressionReader, ExpressionSurroundings } from '../expression/index.ts'
import type { InputDefinition, Mapping } from '../model/index.ts'
import { kindOf } from './mappingKinds.ts'

/** Makes `mapping` ready: what it takes from the data, not yet as the input's type. Scripts are not its business. */
export function compileMapping<D, L>(
  mapping: Mapping,
  input: Pick<InputDefinition, 'type' | 'itemRoot'>,
  surroundings: ExpressionSurroundings<D, L>
): ExpressionReader<D, L> {
  const part = (inner: Mapping): ExpressionReader<D, L> => compileMapping(inner, { type: 'Any' }, surroundings)
  return kindOf(mapping).compile(mapping, { ...surroundings, input, part })
}

/** Whether a mapping may give another value later although the data is the same. */
export function observes(mapping: Mapping): boolean {
  const kind = kindOf(mapping)
  return kind.observes?.(mapping) === true || kind.parts?.(mapping).some(observes) === true
}
