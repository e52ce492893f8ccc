/** The longest time a timer can be set to, in milliseconds. */
const longest = 2 ** 31 - 1

/**
 * Keeps this process alive until `end` comes, and hands it on. A run that waits for a signal has no timer and no open file:
 * without this, Node takes it for finished and ends the process.
 */
export async function keepAlive<T>(end: Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, longest)
  try {
    return await end
  } finally {
    clearInterval(timer)
  }
}
