/**
 * How many characters, items and entries the searches of JavaScript's own texts, lists, sets and maps look at while `task` is
 * done. It grows with the work as time does, and is the same on every machine.
 */
export function searchWork(task: () => unknown): number {
  let work = 0
  const undo: (() => void)[] = []
  const count = (
    holder: object,
    name: string,
    costOf: (self: unknown, args: readonly unknown[], answer: unknown) => number
  ) => {
    const original: unknown = Reflect.get(holder, name)
    if (typeof original !== 'function') throw new Error(`There is no function ${name}`)
    const counted = function (this: unknown, ...args: unknown[]): unknown {
      const answer: unknown = Reflect.apply(original, this, args)
      work += costOf(this, args, answer)
      return answer
    }
    Reflect.defineProperty(holder, name, { value: counted, configurable: true, writable: true })
    undo.push(() => Reflect.defineProperty(holder, name, { value: original, configurable: true, writable: true }))
  }
  const lengthOf = (self: unknown): number => (typeof self === 'string' || Array.isArray(self) ? self.length : 1)
  const scanned = (self: unknown, [, from]: readonly unknown[], answer: unknown): number => {
    const end = typeof answer === 'number' && answer >= 0 ? answer + 1 : lengthOf(self)
    return Math.max(1, end - (typeof from === 'number' ? from : 0))
  }
  for (const holder of [String.prototype, Array.prototype]) {
    count(holder, 'indexOf', scanned)
    count(holder, 'includes', lengthOf)
  }
  for (const name of ['find', 'findIndex', 'filter', 'some', 'every', 'map', 'flatMap'])
    count(Array.prototype, name, lengthOf)
  for (const holder of [Set.prototype, Map.prototype]) count(holder, 'has', () => 1)
  try {
    task()
  } finally {
    for (const restore of undo) restore()
  }
  return work
}
