import type { Category, StepDefinition } from '../../engine/index.ts'
import { pigments } from '../drawing/pigment.ts'

/** The icon of each category. */
export const categoryIcons: Readonly<Record<Category, string>> = {
  'Flow Management': 'split',
  Data: 'table-2',
  Text: 'type',
  Files: 'file-text',
  Mail: 'mail',
  Web: 'globe',
  Database: 'database',
  People: 'users',
  Code: 'code'
}

/** The tone of a step's tile: Go Async is water, all others have the pigment of their category. */
export function toneOf(definition: StepDefinition | undefined): string {
  if (!definition) return 'unknown'
  return definition.detaches ? 'water' : pigments[definition.category]
}
