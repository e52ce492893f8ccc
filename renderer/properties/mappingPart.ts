import type { Snippet } from 'svelte'
import type { Mapping } from '../../engine/index.ts'

/** Draws one mapping inside another: what it is called, the mapping, what stands left and right of its menu. */
export type MappingPart = Snippet<
  [label: string, of: Mapping, head: Snippet, foot: Snippet, change: (to: Mapping, typing: boolean) => void]
>
