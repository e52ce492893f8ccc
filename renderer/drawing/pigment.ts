import type { Category } from '../../engine/index.ts'
import type { DrawnStep } from './drawnStep.ts'

/** The short names of the category colours, as the tokens `--cat-<name>` and `--cat-<name>-wash` have them. */
export type Pigment = 'flow' | 'data' | 'text' | 'files' | 'mail' | 'web' | 'db' | 'people' | 'code'

/** The pigment of each category. */
export const pigments: Readonly<Record<Category, Pigment>> = {
  'Flow Management': 'flow',
  Data: 'data',
  Text: 'text',
  Files: 'files',
  Mail: 'mail',
  Web: 'web',
  Database: 'db',
  People: 'people',
  Code: 'code'
}

/** The pigment of a step as a block; unknown steps count as Flow Management. */
export function pigmentOf({ category }: Pick<DrawnStep, 'category'>): Pigment {
  return category ? pigments[category] : 'flow'
}
