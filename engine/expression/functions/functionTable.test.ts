import { describe, expect, it } from 'vitest'
import { evaluateText, scopeOf } from '../../testing/expressions.ts'
import type { Value } from '../../model/index.ts'
import { checkExpression } from '../check/checkExpression.ts'
import { operatorTable } from '../operatorTable.ts'
import { argumentCounts, functionTable, signatureOf } from './functionTable.ts'

const all = [...functionTable.values()]

it.each(all)('$name: $example gives what its page says', ({ name, example, gives, returns }) => {
  expect(example).toContain(`${name}(`)
  expect(evaluateText(example)).toEqual(gives)
  const { type, problems } = checkExpression(example, scopeOf({}))
  expect(problems).toEqual([])
  if (typeof returns === 'string') expect(type).toBe(returns)
})

it.each(operatorTable)('$operator: $example gives what its page says', ({ operator, example, gives }) => {
  expect(example).toContain(operator)
  expect(evaluateText(example)).toEqual(gives)
})

it('has every name once', () => {
  expect(functionTable.size).toBe(all.length)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
})

const takesNull = ['if', 'default', 'isEmpty', 'typeName']

it.each(all.filter(({ name, parameters }) => !takesNull.includes(name) && parameters.length > 0))(
  '$name gives null when its first argument is null or of a wrong type',
  (called) => {
    const { least } = argumentCounts(called)
    const rest = called.parameters.slice(1, least).map(({ types }) => (types[0] === 'Text' ? "'days'" : '1'))
    expect(evaluateText(`${called.name}(${['null', ...rest].join(', ')})`)).toBeNull()
    const takesAnything = called.parameters[0]?.types.includes('Any') === true
    if (!takesAnything) expect(evaluateText(`${called.name}(${['true', ...rest].join(', ')})`)).toBeNull()
  }
)

it('writes signatures with types, optional arguments and repetition', () => {
  const signature = (name: string): string => {
    const called = functionTable.get(name)
    return called ? signatureOf(called) : ''
  }
  expect(signature('padLeft')).toBe('padLeft(text: Text, length: Number, fill?: Text)')
  expect(signature('length')).toBe('length(value: Text or List)')
  expect(signature('filter')).toBe('filter(list: List, where: Boolean of each item)')
  expect(signature('concat')).toBe('concat(list: List, …)')
  expect(signature('now')).toBe('now()')
})

describe.each<[string, readonly [string, Value][]]>([
  [
    'text functions',
    [
      ["contains(['a', 'b'], 'b')", true],
      ['contains([{a: 1}], {a: 1})', true],
      ["contains('a1', 1)", null],
      ["indexOf('abc', 'x')", null],
      ['indexOf([3, 4], 4)', 1],
      ["substring('abc', 1)", 'bc'],
      ["substring('abc', -5, 2)", 'ab'],
      ["substring('abc', 1, -1)", ''],
      ["substring('abc', 9)", ''],
      ["replace('aaa', 'a', '$&')", '$&$&$&'],
      ["replace('abc', '', 'x')", 'abc'],
      ["split('añ😀', '')", ['a', 'ñ', '😀']],
      ["split('', ',')", ['']],
      ["lines('a\\r\\nb\\rc\\n\\n')", ['a', 'b', 'c', '']],
      ["lines('')", []],
      ['join([])', ''],
      ["join(['a', null, {b: 1}], '|')", 'a||{"b":1}'],
      ["padLeft('abc', 2)", 'abc'],
      ["padLeft('a', 4, 'xy')", 'xyxa'],
      ["padRight('a', 3, '')", 'a'],
      ["repeat('a', -1)", ''],
      ["repeat('', 1e300)", ''],
      ['text(true)', 'true'],
      ['text(null)', null],
      ["upper('straße')", 'STRASSE']
    ]
  ],
  [
    'number functions',
    [
      ["number('1,5')", null],
      ["number('')", null],
      ["number('0x10')", null],
      ["number('1e999')", null],
      ["number('Infinity')", null],
      ["number('.5')", 0.5],
      ['number(3)', 3],
      ['round(2.5)', 3],
      ['round(-2.5)', -3],
      ['round(1.005, 2)', 1.01],
      ['round(1234, -2)', 1200],
      ['round(1e21)', 1e21],
      ['round(1e-7, 3)', 0],
      ['round(1.7976931348623157e308, 5)', 1.7976931348623157e308],
      ['formatNumber(-1234567.891, 1)', '-1,234,567.9'],
      ['formatNumber(999.5)', '1,000'],
      ['formatNumber(0.005, 2)', '0.01'],
      ['formatNumber(-0.001, 2)', '0.00'],
      ['min([])', null],
      ["min(['b', 'a'])", 'a'],
      ["max(date('2024-01-01'), date('2023-01-01'))", { $type: 'Date', iso: '2024-01-01T00:00:00.000Z' }],
      ['max(1, null)', null],
      ['max([1, null, 3])', 3],
      ["max([1, 'a'])", null],
      ['sum([1, null, 2])', 3],
      ['sum([])', 0],
      ["sum([1, '2'])", null],
      ['average([])', null]
    ]
  ],
  [
    'list functions',
    [
      ['first([])', null],
      ['at([1], 5)', null],
      ['slice([1, 2, 3], -2)', [2, 3]],
      ['distinct([1, "1", null, null, {a: 1, b: 2}, {b: 2, a: 1}])', [1, '1', null, { a: 1, b: 2 }]],
      ['distinct(["ab", "cb"], substring(it, 1))', ['ab']],
      ['flatten([1, [2, [3]]])', [1, 2, [3]]],
      ['range(3, 1)', []],
      ['range(3, 1, -1)', [3, 2, 1]],
      ['range(0, 1, 0.25)', [0, 0.25, 0.5, 0.75, 1]],
      ['range(1, 2, 0)', null],
      [
        "sort(['b', 2, null, 'a', date('2024-01-01'), 1])",
        [1, 2, 'a', 'b', { $type: 'Date', iso: '2024-01-01T00:00:00.000Z' }, null]
      ],
      [
        "sort([{a: 1, b: 'x'}, {a: 0, b: 'y'}, {a: 1, b: 'z'}], it.a)",
        [
          { a: 0, b: 'y' },
          { a: 1, b: 'x' },
          { a: 1, b: 'z' }
        ]
      ],
      ['all([], false)', true],
      ['any([], true)', false],
      ['find([1], false)', null],
      ['filter([1, 2], 1)', []],
      ['groupBy([], it)', []]
    ]
  ],
  [
    'record functions',
    [
      ["has({a: 1}, 'toString')", false],
      ["record(['a', 'b'], [1])", { a: 1, b: null }],
      ["record(['a', 1], [1, 2])", null],
      ['merge({a: 1}, null)', null],
      ['values({})', []]
    ]
  ],
  [
    'date functions',
    [
      ["date('2024-02-30')", null],
      ["date('2023-02-29')", null],
      ["date('2024-13-01')", null],
      ["date('2024-03-05T24:00')", null],
      ["date('2024-03-05T12:60')", null],
      ["date('2024-03-05T12:30:60Z')", null],
      ["date('5 March 2024')", null],
      ["date('2024-03-05 12:30')", { $type: 'Date', iso: '2024-03-05T12:30:00.000Z' }],
      ["date('2024-03-05T00:30:00.5+01:00')", { $type: 'Date', iso: '2024-03-04T23:30:00.500Z' }],
      ['dateOf(2024, 2, 30)', null],
      ['dateOf(1e9, 1, 1)', null],
      ["add(now(), 1.5, 'hours')", { $type: 'Date', iso: '2024-03-05T13:30:00.000Z' }],
      ["add(date('2024-02-29'), -1, 'years')", { $type: 'Date', iso: '2023-02-28T00:00:00.000Z' }],
      ["add(now(), 1e300, 'days')", null],
      ["add(now(), 1e300, 'months')", null],
      ["add(now(), 1, 'fortnights')", null],
      ["difference(date('2024-01-31'), date('2024-02-29'), 'months')", 1],
      ["difference(date('2024-02-29'), date('2023-03-01'), 'years')", 0],
      ["difference(now(), today(), 'hours')", -12],
      ["format(now(), \"h a 'o''clock', dd/MM/yy\")", '12 PM oclock, 05/03/24'],
      ["format(now(), 'yyyy-MM-dd')", '2024-03-05'],
      ["weekday(date('2024-03-10'))", 7]
    ]
  ],
  [
    'choice and type functions',
    [
      ['if(null, 1)', null],
      ['if(1, 2, 3)', 3],
      ['default(null, null, false)', false],
      ['isEmpty(0)', false],
      ['isEmpty({})', true],
      ["isEmpty([''])", false],
      ['typeName(null)', 'Nothing'],
      ['typeName(now())', 'Date'],
      ['typeName([])', 'List'],
      ['typeName({})', 'Record']
    ]
  ]
])('%s', (_, cases) => {
  it.each(cases)('%s', (source, gives) => {
    expect(evaluateText(source)).toEqual(gives)
  })
})
