import { afterEach, describe, expect, it } from 'vitest'
import { StepFailure, type Value } from '../../model/index.ts'
import { evaluateText } from '../../testing/expressions.ts'
import { compileExpression } from './compileExpression.ts'

const noon = { $type: 'Date', iso: '2024-03-05T12:00:00.000Z' } as const

function failureOf(run: () => unknown): string {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof StepFailure) return thrown.code
    throw thrown
  }
  return 'none'
}

describe('paths', () => {
  const data = {
    flow: { Count: 3, 'First Name': 'Ada', Rows: [{ name: 'a' }, { name: 'b' }], Nothing: null },
    steps: { 'send-email-1': { Sent: 5 }, a: { Sent: 2 } },
    item: { address: 'ada@example.com', in: 'kept' }
  }

  it.each<[string, Value]>([
    ['flow.Count', 3],
    ['flow["First Name"]', 'Ada'],
    ["flow['First Name']", 'Ada'],
    ['flow.Rows[0].name', 'a'],
    ['flow.Rows[-1].name', 'b'],
    ['flow.Rows[1]["name"]', 'b'],
    ["flow.Rows[1]['na' & 'me']", 'b'],
    ['(flow.Rows)[0].name', 'a'],
    ['steps.send-email-1.Sent', 5],
    ['steps["send-email-1"].Sent', 5],
    ['steps.send-email-1.Sent-1', 4],
    ['steps.send-email-1.Sent - steps.a.Sent', 3],
    ['steps.a', { Sent: 2 }],
    ['item.address', 'ada@example.com'],
    ['item.in', 'kept'],
    ['{a: {b: 1}}.a.b', 1],
    ['first(flow.Rows).name', 'a']
  ])('%s', (source, gives) => {
    expect(evaluateText(source, data)).toEqual(gives)
  })

  it.each(['flow.Missing', 'flow.Nothing.x.y', 'nowhere', 'flow.Rows[2]', 'flow.Rows[0.5]', 'flow.Rows.length'])(
    '%s finds nothing',
    (source) => {
      expect(evaluateText(source, data)).toBeNull()
    }
  )

  it('asks for each reader once, when it is compiled, and by the names that say which value it is', () => {
    const asked: string[] = []
    const evaluate = compileExpression<number, string>('flow.A.b.c + steps.x-1.Out.d + row.e + it', {
      readerOf: (path) => {
        asked.push(path.join(' '))
        return (data, locals) => `${data}${locals}`
      },
      clockOf: () => () => 0
    })
    evaluate(1, 'a')
    evaluate(2, 'b')
    expect(asked).toEqual(['flow A', 'steps x-1 Out', 'row', 'it'])
  })

  it('hands data and locals to the readers', () => {
    const evaluate = compileExpression<number, number>('a', {
      readerOf: () => (data, locals) => data * locals,
      clockOf: () => () => 0
    })
    expect(evaluate(6, 7)).toBe(42)
  })
})

describe('own properties only', () => {
  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, 'polluted')
  })

  it.each([
    'a.constructor',
    'a.__proto__',
    'a["__proto__"]',
    "a['const' & 'ructor']",
    'a.toString',
    'a.hasOwnProperty',
    'list.length',
    'list.map',
    'list["length"]',
    "text['length']",
    'text.length',
    'number.toFixed',
    'a.constructor.constructor',
    'it.constructor',
    '{}.constructor',
    '{__proto__: {x: 1}}.x',
    "{'__proto__': {x: 1}}.__proto__",
    'merge(own, {}).__proto__',
    "record(['__proto__'], [1]).__proto__",
    'own.__proto__'
  ])('%s is null', (source) => {
    const own = JSON.parse('{"__proto__": {"x": 1}}') as Value
    expect(evaluateText(source, { a: { b: 1 }, list: [1], text: 'abc', number: 1, own })).toBeNull()
  })

  it('even when something has polluted the prototype of all objects', () => {
    Object.defineProperty(Object.prototype, 'polluted', { value: 'bad', configurable: true })
    expect(evaluateText('a.polluted', { a: {} })).toBeNull()
    expect(evaluateText("has(a, 'polluted')", { a: {} })).toBe(false)
  })

  it('reads and builds fields that are called like inherited ones', () => {
    expect(evaluateText('{constructor: 1, toString: 2}.toString')).toBe(2)
    expect(evaluateText('a.constructor', { a: { constructor: 'own' } })).toBe('own')
  })

  it('has no functions of the host', () => {
    for (const source of ['constructor()', 'toString()', 'eval(1)', '__proto__()', 'hasOwnProperty(1)'])
      expect(failureOf(() => evaluateText(source))).toBe('expression-invalid')
  })
})

describe('operators', () => {
  it.each<[string, Value]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 2 - 3', 5],
    ['2 * 3 % 4', 2],
    ['-2 * -3', 6],
    ['- - 2', 2],
    ['1 + 1 & 1 + 1', '22'],
    ['true or true and false', true],
    ['not false and false', false],
    ['not 1 = 2', true],
    ['1 + 1 = 2', true],
    ["'a' & 'b' = 'ab'", true],
    ['1 == 1 and 1 <> 2 and 1 != 2', true],
    ['2 in [1, 2] and not 3 in [1, 2]', true],
    ['7 / 2', 3.5],
    ['0.1 + 0.2', 0.1 + 0.2],
    ['1.5e3', 1500]
  ])('%s', (source, gives) => {
    expect(evaluateText(source)).toEqual(gives)
  })

  it.each(['1 / 0', '0 / 0', '5 % 0', '1e308 * 10', '-1e308 - 1e308', '1 + null', "1 + '1'", '-true', '1 in 1'])(
    '%s is null',
    (source) => {
      expect(evaluateText(source)).toBeNull()
    }
  )

  it('never gives -0, which no file can keep', () => {
    expect(Object.is(evaluateText('0 * -1'), 0)).toBe(true)
    expect(Object.is(evaluateText('-0'), 0)).toBe(true)
    expect(Object.is(evaluateText('round(-0.4)'), 0)).toBe(true)
  })

  it.each(['null < 1', '1 > null', 'null >= null', "'a' < 1", '[1] < [2]', 'true > false', "'2024' < now()"])(
    '%s is false',
    (source) => {
      expect(evaluateText(source)).toBe(false)
    }
  )

  it.each([
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
    ['>', [false, false, true]],
    ['>=', [false, true, true]],
    ['=', [false, true, false]],
    ['!=', [true, false, true]]
  ])('%s compares with a constant and with a value alike', (operator, gives) => {
    expect(evaluateText(`map([1, 2, 3], it ${operator} 2)`)).toEqual(gives)
    expect(evaluateText(`map([1, 2, 3], it ${operator} two)`, { two: 2 })).toEqual(gives)
    expect(evaluateText(`map(['1', '2', '3'], it ${operator} '2')`)).toEqual(gives)
    expect(evaluateText(`map(['1', '2', '3'], it ${operator} two)`, { two: '2' })).toEqual(gives)
  })

  it('compares texts by their characters and dates by their moments', () => {
    expect(evaluateText("'B' < 'a' and 'a' < 'b'")).toBe(true)
    expect(evaluateText("date('2024-03-05T13:00:00+02:00') < now() and today() <= now()")).toBe(true)
    expect(evaluateText("date('2024-03-05T14:00:00+02:00') = now()")).toBe(true)
  })

  it.each<[string, boolean]>([
    ['null = null', true],
    ["1 = '1'", false],
    ['null = false', false],
    ['[1, [2]] = [1, [2]]', true],
    ['[1, 2] = [2, 1]', false],
    ['{a: 1, b: 2} = {b: 2, a: 1}', true],
    ['{a: 1} = {a: 1, b: null}', false],
    ['{a: 1} = [1]', false]
  ])('%s is %s', (source, gives) => {
    expect(evaluateText(source)).toBe(gives)
  })

  it('counts as true only what is true', () => {
    expect(evaluateText('1 and true')).toBe(false)
    expect(evaluateText("null or 'yes'")).toBe(false)
    expect(evaluateText('not null')).toBe(true)
  })

  it('does not look at the right side when the left one decides', () => {
    const tooLong = "length(repeat('a', 2000000)) > 1"
    expect(evaluateText(`false and ${tooLong}`)).toBe(false)
    expect(evaluateText(`true or ${tooLong}`)).toBe(true)
    expect(evaluateText(`if(true, 1, ${tooLong})`)).toBe(1)
    expect(evaluateText(`default(1, ${tooLong})`)).toBe(1)
  })

  it('joins anything to a text as Merge Text does', () => {
    expect(evaluateText("'a' & null & 1 & true & [1, null, 'x'] & now()")).toBe(`a1true1, , x${noon.iso}`)
  })
})

describe('list functions', () => {
  it('give each item as it and its position as index', () => {
    expect(evaluateText('map([5, 6], it * 10 + index)')).toEqual([50, 61])
  })

  it('inside each other mean their own item, and the outer one again afterwards', () => {
    const people = [
      { name: 'Ada', tags: ['x', 'y'] },
      { name: 'Bob', tags: [] }
    ]
    expect(
      evaluateText("map(people, join(map(it.tags, upper(it) & index)) & '-' & it.name & index)", { people })
    ).toEqual(['X0, Y1-Ada0', '-Bob1'])
  })

  it('leave names of the flow that are called it or index alone outside', () => {
    expect(evaluateText('it & index & first(map([1], it))', { it: 'a', index: 'b' })).toBe('ab1')
  })

  it('see the rest of the data', () => {
    expect(evaluateText('filter(list, it > limit)', { list: [1, 5], limit: 2 })).toEqual([5])
  })
})

describe('limits', () => {
  const million = Array.from({ length: 1_000_000 }, (_, index) => index)
  const data = { million, long: 'a'.repeat(1_000_000) }

  it.each([
    "repeat('ab', 500001)",
    "long & 'b'",
    "padLeft('a', 1000001)",
    "replace(long, 'a', 'bb')",
    'join(million)',
    'text(million)',
    'range(1, 1000001)',
    'range(0, 1, 1e-300)',
    'concat(million, [1])',
    'flatten([million, [1]])',
    'map(million, map(million, it))',
    'all(million, all(million, true))',
    'map(million, long)',
    'map(million, million)',
    'all(million, long = long & 1)',
    "all(million, replace(long, 'aab', 'c') != '')"
  ])('%s is too long', (source) => {
    expect(failureOf(() => evaluateText(source, data))).toBe('expression-too-long')
  })

  it('leave room for a million items and characters', () => {
    expect(evaluateText("length(repeat('ab', 500000))")).toBe(1_000_000)
    expect(evaluateText('length(range(1, 1000000))')).toBe(1_000_000)
    expect(evaluateText('count(million, it % 2 = 0 and it > 10)', data)).toBe(499_994)
    expect(evaluateText('length(sort(million, 0 - it))', data)).toBe(1_000_000)
  })

  it('say that data is nested too deeply instead of running out of stack', () => {
    let deep: Value = 1
    for (let level = 0; level < 100_000; level++) deep = [deep]
    for (const source of ['text(deep)', '[deep]', 'distinct([deep])', "deep & ''", '[deep] = [other]'])
      expect(failureOf(() => evaluateText(source, { deep, other: [deep] }))).toBe('expression-too-long')
    expect(evaluateText('typeName(deep)', { deep })).toBe('List')
  })

  it('hold again for every evaluation', () => {
    const evaluate = compileExpression<undefined, undefined>('count(range(1, 500000), it > 0)', {
      readerOf: () => () => null,
      clockOf: () => () => 0
    })
    for (let time = 0; time < 12; time++) expect(evaluate(undefined, undefined)).toBe(500_000)
  })
})

it('fails with a sentence when the source is no expression, but only once it is evaluated', () => {
  const evaluate = compileExpression<undefined, undefined>('1 +', {
    readerOf: () => () => null,
    clockOf: () => () => 0
  })
  expect(() => evaluate(undefined, undefined)).toThrow(
    'The expression “1 +” cannot be evaluated. A value is expected here'
  )
  expect(failureOf(() => evaluate(undefined, undefined))).toBe('expression-invalid')
  expect(failureOf(() => evaluateText('if(false, uper(1))'))).toBe('expression-invalid')
  expect(failureOf(() => evaluateText('upper()'))).toBe('expression-invalid')
})

it('asks for the time when it is evaluated', () => {
  let now = 0
  const evaluate = compileExpression<undefined, undefined>('now()', {
    readerOf: () => () => null,
    clockOf: () => () => now
  })
  now = Date.UTC(2024, 2, 5, 12)
  expect(evaluate(undefined, undefined)).toEqual(noon)
})
