/** How often each step was passed in a frame, by its index. */
export type Passes = number[] | Map<number, number>

/** Up to so many steps, a list is quicker than a map. */
const shortFlow = 32

/** None yet, for a body in a flow whose calls begin with `none`: it is to cost as much as the steps it passes, however long that is. */
export function bodyPasses(none: readonly number[]): Passes {
  return none.length <= shortFlow ? none.slice() : new Map<number, number>()
}

/** Takes note that a step is passed once more; answers how often that makes. */
export function countPass(passes: Passes, index: number): number {
  if (Array.isArray(passes)) return (passes[index] = (passes[index] ?? 0) + 1)
  const pass = (passes.get(index) ?? 0) + 1
  passes.set(index, pass)
  return pass
}
