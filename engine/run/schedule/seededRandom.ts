/**
 * Numbers from 0 up to but not including 1 that follow from `seed` alone, for services and schedules that are to repeat exactly.
 *
 * A counter goes round all 2³² states by an odd stride; each state is stirred by two rounds of shifting and multiplying, so
 * that neighbours, and neighbouring seeds, have nothing to do with each other. Not for secrets.
 */
export function seededRandom(seed: number): () => number {
  let state = stir(seed)
  return () => {
    state = (state + stride) | 0
    return (stir(state) >>> 0) / 2 ** 32
  }
}

/** 2³² by the golden ratio, made odd: steps of this size spread over the whole range. */
const stride = 0x9e3779b1

function stir(state: number): number {
  const once = Math.imul(state ^ (state >>> 16), 0x45d9f3b)
  const twice = Math.imul(once ^ (once >>> 15), 0x2c1b3c6d)
  return twice ^ (twice >>> 16)
}
