import { describe, expect, it } from 'vitest'
import { evaluateText } from '../../testing/expressions.ts'
import { parseExpression } from './parseExpression.ts'
import { namesOf } from './syntax.ts'

/** The first problem of a source as `place: message`, the place as what stands there. */
function problemOf(source: string): string {
  const { problem } = parseExpression(source)
  return problem ? `${source.slice(problem.from, problem.to) || 'here'}: ${problem.message}` : 'none'
}

const fixOf = (source: string): string | undefined => parseExpression(source).problem?.fix?.source

describe('names', () => {
  it.each<[string, string[]]>([
    ['steps.send-email-1.Sent', ['steps', 'send-email-1', 'Sent']],
    ['steps.a--b.c', ['steps', 'a--b', 'c']],
    ['steps . send-email-1 . Sent', ['steps', 'send-email-1', 'Sent']],
    ['steps.1.Sent', ['steps', '1', 'Sent']],
    ['flow.Größe_2', ['flow', 'Größe_2']],
    ['flow["a.b"]["c\\"d"]', ['flow', 'a.b', 'c"d']],
    ['flow.or.not.in', ['flow', 'or', 'not', 'in']]
  ])('%s', (source, names) => {
    expect(namesOf(parseExpression(source).tree)).toEqual(names)
  })

  it('hold hyphens right after the first steps only', () => {
    expect(evaluateText('steps.a-1.x', { steps: { 'a-1': { x: 5 } } })).toBe(5)
    expect(evaluateText('steps.a - 1', { steps: { a: 3 } })).toBe(2)
    expect(evaluateText('it.steps.a-1', { it: { steps: { a: 3 } } })).toBe(2)
    expect(evaluateText('flow.a-1', { flow: { a: 3 } })).toBe(2)
  })
})

it('reads texts with escapes, over several lines too', () => {
  expect(evaluateText(String.raw`'a\'b\\c\n\t\r\u0041"'`)).toBe('a\'b\\c\n\t\rA"')
  expect(evaluateText(String.raw`"it's \"so\""`)).toBe('it\'s "so"')
  expect(evaluateText("'a\nb'")).toBe('a\nb')
})

it('reads lists, records and nested values', () => {
  expect(evaluateText("[1, 'a', [true, null], {a: 1, 'b c': {in: 2}}]")).toEqual([
    1,
    'a',
    [true, null],
    { a: 1, 'b c': { in: 2 } }
  ])
  expect(evaluateText('[]')).toEqual([])
  expect(evaluateText('{ }')).toEqual({})
})

describe('a mistake is told with its place', () => {
  const value = "A value is expected here, such as a number, a 'text', a path or a function, but"
  const operator = 'An operator such as + or = is expected here, or the end, but'

  it.each<[string, string]>([
    ['', 'here: The expression is empty. Write one, such as “flow.Count + 1”.'],
    ['  ', 'here: The expression is empty. Write one, such as “flow.Count + 1”.'],
    ['1 +', `here: ${value} the end was found.`],
    ['1 + * 2', `*: ${value} “*” was found.`],
    ['and', `and: ${value} “and” was found.`],
    ['[1,]', `]: ${value} “]” was found.`],
    ['()', `): ${value} “)” was found.`],
    ['1 2', `2: ${operator} “2” was found.`],
    ["flow.a 'text'", `'text': ${operator} the text “text” was found.`],
    ['1)', `): ${operator} “)” was found.`],
    ['(1 + 2', 'here: “(” is never closed: “)” is expected here, but the end was found.'],
    ['[1)', '): “[” is never closed: “]” is expected here, but “)” was found.'],
    ['max(1 2)', '2: An operator, a comma or the end of “(” is expected here, but “2” was found.'],
    ['flow.', 'here: A name is expected after the dot, but the end was found.'],
    ['flow.(1)', '(: A name is expected after the dot, but “(” was found.'],
    ['{1: 2}', "1: The name of a field is expected here, as in {name: 'Ada'}, but “1” was found."],
    ['{a 1}', "1: A colon and a value are expected after the field “a”, as in {name: 'Ada'}, but “1” was found."],
    [
      'flow.a(1)',
      '(: “flow.a” is a value and cannot be called. Only functions can: write the function first, as in length(flow.a).'
    ],
    ['1 < 2 < 3', '<: Only two values can be compared at a time. Write “a < b and b < c” for a row of comparisons.'],
    ['a = b = c', '=: Only two values can be compared at a time. Write “a < b and b < c” for a row of comparisons.'],
    ["'abc", "'abc: This text is never closed: the quote ' is missing at its end."],
    ['5px', '5px: “5px” is neither a number nor a name. Put an operator between 5 and px, or write a text in quotes.'],
    ['1e999', '1e999: The number 1e999 is too large. The largest is about 1.8e308.'],
    ['a # b', "#: “#” has no meaning in an expression. Texts stand in quotes: '#'."],
    ['a => b', '=>: List functions need no arrow: the item is called it, as in filter(list, it.age > 3).'],
    ['a; b', ';: An expression is one value and has no “;” in it. Separate arguments with commas.']
  ])('%s', (source, told) => {
    expect(problemOf(source)).toBe(told)
  })

  it.each<[string, string]>([
    ['a && b', 'a and b'],
    ['a || b', 'a or b'],
    ['!a', 'not a'],
    ['a === b', 'a = b'],
    ['a !== b', 'a != b'],
    ['length(flow.list', 'length(flow.list)'],
    ['[1, 2 ', '[1, 2] '],
    ["'abc", "'abc'"],
    ['“a” & “b”', '"a" & "b"'],
    ['‘a’', "'a'"],
    [String.raw`'C:\dir\\x'`, String.raw`'C:\\dir\\x'`]
  ])('and mended: %s becomes %s', (source, mended) => {
    expect(fixOf(source)).toBe(mended)
  })

  it('and one that is no mistake is not', () => {
    for (const source of ['(a = b) = c', 'a < b and b < c', '1 != 2', 'a - -b', 'not not a', '-(-1)'])
      expect(problemOf(source)).toBe('none')
  })
})

describe('limits', () => {
  const nested = 'stand inside each other here. Split the expression into several steps.'

  it.each([
    '('.repeat(10_000),
    '['.repeat(10_000),
    '{a:'.repeat(10_000),
    'not '.repeat(10_000),
    '-'.repeat(10_000),
    'length('.repeat(10_000),
    'a['.repeat(10_000),
    '1+('.repeat(10_000),
    `${'('.repeat(10_000)}1${')'.repeat(10_000)}`
  ])('what is nested too deeply is refused: %.10s…', (source) => {
    expect(problemOf(source)).toContain(nested)
  })

  it.each([
    `1${'+1'.repeat(10_000)}`,
    `a${'.a'.repeat(10_000)}`,
    `a${'[0]'.repeat(10_000)}`,
    `1${' and 1'.repeat(10_000)}`
  ])('what hangs together too long is refused: %.10s…', (source) => {
    expect(problemOf(source)).toContain('More than 500 operations hang together here.')
  })

  it('what is reasonable is not', () => {
    expect(evaluateText(`${'('.repeat(99)}1${')'.repeat(99)}`)).toBe(1)
    expect(evaluateText(`0${'+1'.repeat(499)}`)).toBe(499)
    expect(evaluateText(`length([${'1,'.repeat(9_999)}1])`)).toBe(10_000)
  })

  it('a source of more than 100,000 characters is refused', () => {
    expect(problemOf(`'${'a'.repeat(100_000)}'`)).toContain('The expression has 100,002 characters.')
  })
})
