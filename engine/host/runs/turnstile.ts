/**
 * Lets `most` tasks be under way at a time; the others wait in their order. What many do at once for everybody a little slowly is
 * done sooner one after the other, for nearly all of them.
 */
export function turnstile(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let inside = 0
  return async (task) => {
    if (inside < most) inside++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await task()
    } finally {
      // Whoever comes next takes the place over.
      const next = waiting.shift()
      if (next) next()
      else inside--
    }
  }
}
