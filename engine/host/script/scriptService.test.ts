import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { CancelSource, type Clock, type Value, type ValueRecord } from '../../model/index.ts'
import { systemClock } from '../systemClock.ts'
import { ScriptRunner } from './scriptRunner.ts'
import { scriptService } from './scriptService.ts'

const runner = new ScriptRunner()
afterAll(() => runner.close())

const clock: Clock = { ...systemClock, now: () => Date.UTC(2026, 10, 24, 9) }

/** Runs a script; the moment of the run is 2026-11-24 09:00 UTC. */
function run(source: string, data: ValueRecord = {}, deadline = 10_000, cancel = new CancelSource()): Promise<Value> {
  return scriptService({ clock, random: () => 0.25, deadline, runner }).run(source, data, cancel)
}

/**
 * How long `work` took until it failed, how often others had their turn meanwhile, and by how much this machine, busy as
 * it is, was late with that: timers are never earlier than this says.
 */
async function timed(
  work: () => Promise<unknown>
): Promise<{ error: unknown; took: number; ticks: number; late: number }> {
  const began = performance.now()
  let [ticks, late, last] = [0, 0, began]
  const look = (): void => {
    const now = performance.now()
    late = Math.max(late, now - last - 10)
    last = now
  }
  const others = setInterval(() => {
    ticks++
    look()
  }, 10)
  const error = await work().then(
    () => undefined,
    (failure: unknown) => failure
  )
  clearInterval(others)
  look()
  return { error, took: performance.now() - began, ticks, late }
}

describe('a script', () => {
  it('has the value of its last expression, or what it returns', async () => {
    expect(await run('const a = 2\na * 21')).toBe(42)
    expect(await run('const a = 2\nreturn a * 21 // done')).toBe(42)
    expect(await run('const twice = (n) => { return n * 2 }\ntwice(21)')).toBe(42)
    expect(await run('if (flow.Count > 1) return "many"\nreturn "few"', { flow: { Count: 2 } })).toBe('many')
  })

  it('has no value when it ends with none', async () => {
    for (const source of ['', 'undefined', 'return', 'null', '() => 1', 'Symbol()', '0 / 0'])
      expect(await run(source)).toBeNull()
  })

  it('finds data under its names, and may change its own copy only', async () => {
    const data = { flow: { Names: ['Ada', 'Grace'] }, steps: { 'list-1': { Count: 2 } }, item: { 'First Name': 'Ada' } }
    const source =
      'flow.Names.push(item["First Name"]); return [flow.Names.length, steps["list-1"].Count, typeof other]'
    expect(await run(source, data)).toEqual([3, 2, 'undefined'])
    expect(data.flow.Names).toEqual(['Ada', 'Grace'])
  })

  it('gives plain data: dates as dates, and nothing that means something to JavaScript', async () => {
    expect(await run('({ at: new Date(Date.UTC(2026, 0, 1)), f() {}, none: undefined, list: [undefined] })')).toEqual({
      at: { $type: 'Date', iso: '2026-01-01T00:00:00.000Z' },
      list: [null]
    })
    const poisoned = await run('JSON.parse(\'{"__proto__": {"bad": 1}, "constructor": 1, "ok": 2}\')')
    expect(Object.keys(poisoned ?? {})).toEqual(['ok'])
    expect(({} as { bad?: number }).bad).toBeUndefined()
  })

  it('has the time and the chance of its run', async () => {
    const source = '[Date.now(), new Date().toISOString(), new Date(0) instanceof Date, Math.random(), Math.random()]'
    const first = await run(source)
    expect(first).toEqual([clock.now(), '2026-11-24T09:00:00.000Z', true, expect.any(Number), expect.any(Number)])
    expect(await run(source)).toEqual(first)
    expect(new Set((first as Value[]).slice(3)).size).toBe(2)
  })

  it('leaves nothing to the next one', async () => {
    await run('globalThis.left = 1; Array.prototype.left = 2; JSON.stringify = () => "3"')
    expect(await run('[typeof left, [].left === undefined, JSON.stringify(4)]')).toEqual(['undefined', true, '4'])
  })

  it('reaches nothing outside', async () => {
    const names = [
      'require',
      'process',
      'fetch',
      'setTimeout',
      'WebAssembly',
      'importScripts',
      'postMessage',
      'console'
    ]
    expect(await run(`[${names.map((name) => `typeof ${name}`).join()}]`)).toEqual(names.map(() => 'undefined'))
    const escape = 'this.constructor.constructor("return typeof process")()'
    expect(await run(escape)).toBe('undefined')
    await expect(run('import("node:fs")')).rejects.toMatchObject({ code: 'script-failed' })
  })
})

describe('a script that fails', () => {
  it.each([
    ['const a = 1\nb + 1', "The script failed in line 2: ReferenceError: 'b' is not defined", 2],
    ['const a = 1\n\nreturn a.b.c', "The script failed in line 3: TypeError: cannot read property 'c' of undefined", 3],
    ['throw new Error("No.")', 'The script failed in line 1: No.', 1],
    ['1 +', "The script failed in line 1: SyntaxError: unexpected token in expression: ''", 1],
    ['throw "text"', 'The script failed: text', undefined],
    ['throw { a: 1 }', 'The script failed: {"a":1}', undefined],
    ['throw null', 'The script failed: null', undefined]
  ])('says why and where: %j', async (source, message, line) => {
    await expect(run(source)).rejects.toMatchObject({ code: 'script-failed', message, detail: line && { line } })
  })

  it('cannot wait, and cannot return what no flow could hold', async () => {
    await expect(run('(async () => 1)()')).rejects.toMatchObject({
      message: expect.stringContaining('a script cannot wait')
    })
    await expect(run('let deep = 1; for (let i = 0; i < 200; i++) deep = [deep]; deep')).rejects.toMatchObject({
      code: 'script-failed',
      message: expect.stringContaining('more than 100 levels')
    })
    await expect(run('const a = []; a.push(a); a')).rejects.toMatchObject({
      message: expect.stringContaining('circular')
    })
    await expect(run('10n')).rejects.toMatchObject({ code: 'script-failed' })
  })
})

/** Scripts that mean harm, and the codes with which they may be stopped. */
const attacks: readonly (readonly [name: string, codes: string, source: string])[] = [
  ['an endless loop', 'timeout', 'while (true) {}'],
  ['a loop that catches everything', 'timeout', 'for (;;) try { for (;;); } catch { continue } finally { continue }'],
  ['a catastrophic pattern', 'timeout', '/^(a+)+$/.test("a".repeat(50) + "b")'],
  ['work in one long call', 'timeout', '[].includes.call({ length: 2 ** 53 - 1 }, 1)'],
  ['a memory bomb of records', 'memory timeout', 'const a = []; while (true) a.push({ at: a.length })'],
  ['a memory bomb of typed arrays', 'memory timeout', 'const a = []; while (true) a.push(new Uint8Array(1_000_000))'],
  ['a memory bomb of small typed arrays', 'memory timeout', 'const a = []; while (true) a.push(new Uint8Array(1_000))'],
  ['a memory bomb of lists', 'memory timeout', 'const a = []; while (true) a.push(new Array(1_000).fill(1))'],
  [
    'a memory bomb of texts',
    'memory timeout',
    'const a = []; while (true) a.push("abcdefgh".repeat(100_000) + a.length)'
  ],
  ['a text that doubles', 'memory timeout', 'let s = "ab"; while (true) s += s'],
  [
    'a memory bomb that catches',
    'memory timeout',
    'const a = []; for (;;) try { a.push(new Array(9e5).fill(a)) } catch {}'
  ],
  ['a map without end', 'memory timeout', 'const m = new Map(); for (let i = 0; ; i++) m.set(i, [i])'],
  ['one huge list', 'memory timeout', 'new Array(2 ** 32 - 1).fill(0)'],
  ['a number without end', 'failed timeout memory', 'let n = 3n; while (true) n *= n'],
  ['deep recursion', 'failed timeout', 'const f = (n) => f(n + 1) + 1; f(0)'],
  ['deep recursion through lists', 'failed timeout', 'const f = () => [1].map(f); f()'],
  [
    'deep nesting for stringify',
    'failed timeout',
    'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)'
  ],
  ['deep nesting for parse', 'failed timeout', 'JSON.parse("[".repeat(1e6) + "]".repeat(1e6))'],
  ['deep nesting for eval', 'failed timeout', 'eval("(".repeat(1e6) + ")".repeat(1e6))'],
  ['deep nesting of a pattern', 'failed timeout', 'new RegExp("(?:".repeat(1e5) + ")".repeat(1e5))'],
  ['a chain of proxies', 'failed timeout', 'let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); p.x'],
  ['a deep result', 'failed timeout', 'let a = {}; for (let i = 0, b = a; i < 1e5; i++) b = b.b = {}; a'],
  ['a result that is worked out without end', 'timeout', '({ toJSON() { for (;;); } })'],
  ['an error that is worked out without end', 'timeout', 'throw { get message() { for (;;); } }']
]

describe('a script that means harm', () => {
  const deadline = 300
  beforeEach(async () => {
    await run('1')
  })

  it.each(attacks)('is stopped in time: %s', async (_, codes, source) => {
    const { error, took, ticks, late } = await timed(() => run(source, {}, deadline))
    expect(codes.split(' ').map((code) => `script-${code}`)).toContain((error as { code?: string }).code)
    expect(took).toBeLessThan(deadline + 100 + late)
    // Everything else went on meanwhile.
    expect(ticks).toBeGreaterThanOrEqual(took > 100 ? 1 : 0)
    expect(await run('6 * 7')).toBe(42)
  })

  it.each([
    'Object.prototype.toJSON = () => ({ bad: 1 }); Array.prototype.map = () => { throw 1 }; ({ ok: 1 })',
    'Object.defineProperty(Object.prototype, "kind", { get() { for (;;); } }); 1',
    'Object.setPrototypeOf(Object.prototype.constructor, new Proxy(function () {}, { get() { throw 2 } })); 1',
    'Promise = Object; Object[Symbol.hasInstance] = () => true; 1',
    'String.prototype.toString = Symbol.prototype.toString = () => { for (;;); }; "x"'
  ])('cannot reach through the prototypes: %j', async (source) => {
    await run(source, {}, deadline).catch(() => undefined)
    expect({}).not.toHaveProperty('bad')
    expect({}).not.toHaveProperty('kind')
    expect(await run('[({}).bad, 1].map((one) => one ?? 0)')).toEqual([0, 1])
  })
})

describe('cancelling', () => {
  it('stops a script at once, wherever it is', async () => {
    await run('1')
    const cancel = new CancelSource()
    const going = run('for (;;);', {}, 10_000, cancel)
    const waiting = run('1', {}, 10_000, cancel)
    const other = run('2')
    setTimeout(() => cancel.cancel(), 50)
    const [first, second] = await Promise.all([timed(() => going), timed(() => waiting)])
    expect([first.error, second.error]).toMatchObject([{ name: 'Cancelled' }, { name: 'Cancelled' }])
    expect(first.took).toBeLessThan(50 + 50 + first.late)
    expect(await other).toBe(2)
    await expect(run('1', {}, 10_000, cancel)).rejects.toMatchObject({ name: 'Cancelled' })
  })
})
