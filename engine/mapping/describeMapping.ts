import type { Mapping } from '../model/index.ts'
import { kindOf } from './mappingKinds.ts'

/** A mapping in a few words for the canvas: the constant, the selected value's name, the template. Empty when there is none. */
export function describeMapping(mapping: Mapping | undefined): string {
  return mapping ? kindOf(mapping).describe(mapping) : ''
}
