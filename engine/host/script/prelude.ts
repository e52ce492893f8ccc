/**
 * JavaScript that makes a new sandbox ready: `(now, seed) => [take, give]`. The time stands still at `now`, chance comes
 * from `seed`. `take(json)` makes variables of a record; `give(value)` is the JSON of a result, undefined for nothing.
 * What it needs later it takes before the script can change anything.
 */
export const prelude = `(now, seed) => {
  const { parse, stringify } = JSON
  const { keys, defineProperty } = Object
  const global = globalThis
  const { construct } = Reflect
  const Clock = Date
  const iso = Clock.prototype.toISOString
  const apply = Function.prototype.call.bind(Function.prototype.apply)
  const SomePromise = Promise

  function Date_(...parts) {
    if (!new.target) return new Clock(now).toString()
    return construct(Clock, parts.length === 0 ? [now] : parts, new.target)
  }
  Date_.prototype = Clock.prototype
  for (const [name, value] of [['now', () => now], ['UTC', Clock.UTC], ['parse', Clock.parse]])
    defineProperty(Date_, name, { value, writable: true, configurable: true })
  defineProperty(Date_, 'name', { value: 'Date' })
  Clock.prototype.constructor = Date_
  defineProperty(global, 'Date', { value: Date_, writable: true, configurable: true })

  let state = (seed * 4294967296) >>> 0
  Math.random = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296
  }

  const take = (json) => {
    const record = parse(json)
    for (const name of keys(record))
      defineProperty(global, name, { value: record[name], writable: true, configurable: true, enumerable: true })
  }
  const asJson = function (name, value) {
    const own = this[name]
    return own instanceof Clock ? { $type: 'Date', iso: apply(iso, own, []) } : value
  }
  const give = (value) => {
    if (value instanceof SomePromise) return false
    return stringify(value, asJson)
  }
  return [take, give]
}`
