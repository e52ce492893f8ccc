import { describe, expect, it } from 'vitest'
import { scopeOf } from '../../testing/expressions.ts'
import type { ValueType } from '../../model/index.ts'
import { type ExpressionCheck, checkExpression } from './checkExpression.ts'

const scope = scopeOf({
  'flow.Count': 'Number',
  'flow.Subject': 'Text',
  'flow.First Name': 'Text',
  'flow.Urgent': 'Boolean',
  'flow.Since': 'Date',
  'flow.Report': 'File',
  'flow.People': 'List of Email',
  'flow.Numbers': 'List of Number',
  'flow.Anything': 'Any',
  'flow.Row': 'Record',
  'steps.send-email-1.Sent': 'Number',
  item: 'Record'
})

const check = (source: string, expected?: ValueType): ExpressionCheck => checkExpression(source, scope, expected)

/** The problems of a source, each as `place: message`. */
const problemsOf = (source: string, expected?: ValueType): string[] =>
  check(source, expected).problems.map(({ from, to, message }) => `${source.slice(from, to)}: ${message}`)

const fixesOf = (source: string, expected?: ValueType): (string | undefined)[] =>
  check(source, expected).problems.map(({ fix }) => fix?.source)

describe('types', () => {
  it.each<[string, ValueType]>([
    ['1 + flow.Count', 'Number'],
    ["'a' & 1", 'Text'],
    ['flow.Count > 1', 'Boolean'],
    ['not flow.Urgent', 'Boolean'],
    ['null', 'Any'],
    ['[1, 2]', 'List of Number'],
    ["[1, 'a']", 'List of Any'],
    ['[null, 1]', 'List of Number'],
    ['[[1]]', 'List of Any'],
    ['[]', 'List of Any'],
    ['{a: 1}', 'Record'],
    ['flow.People', 'List of Email'],
    ['flow.People[0]', 'Email'],
    ['flow.People[0].address', 'Text'],
    ['flow.People[0].Company', 'Any'],
    ['flow.Report.size', 'Number'],
    ['flow.Row.x.y', 'Any'],
    ['flow.Anything.x', 'Any'],
    ['steps.send-email-1.Sent - 1', 'Number'],
    ['flow["First Name"]', 'Text'],
    ['map(flow.People, it.address)', 'List of Text'],
    ['map(flow.Numbers, index)', 'List of Number'],
    ["filter(flow.People, it.address != '')", 'List of Email'],
    ['first(sort(flow.Numbers))', 'Number'],
    ['find(flow.Numbers, it > 2)', 'Number'],
    ['map(flow.Numbers, map(flow.People, it.address))', 'List of Any'],
    ['groupBy(flow.People, it.address)', 'List of Record'],
    ['concat(flow.Numbers, [1])', 'List of Number'],
    ["concat(flow.Numbers, ['a'])", 'List of Any'],
    ['if(flow.Urgent, 1, 2)', 'Number'],
    ["if(flow.Urgent, 1, 'a')", 'Any'],
    ['if(flow.Urgent, flow.Anything, 1)', 'Any'],
    ['if(flow.Urgent, flow.Since)', 'Date'],
    ["default(null, flow.Subject, 'none')", 'Text'],
    ['max(flow.Numbers)', 'Number'],
    ['max(flow.Since, now())', 'Date'],
    ['sum(flow.People, length(it.address))', 'Number'],
    ['lines(flow.Subject)', 'List of Text']
  ])('%s is %s', (source, type) => {
    expect(check(source)).toEqual({ type, problems: [] })
  })
})

describe('unknown names', () => {
  it.each<[string, string, string | undefined]>([
    ['flow.Cout + 1', 'flow.Cout: “flow.Cout” is no value of this flow. Did you mean “flow.Count”?', 'flow.Count + 1'],
    ['1 + Subject', 'Subject: “Subject” is no value of this flow. Did you mean “flow.Subject”?', '1 + flow.Subject'],
    [
      'flow["First Nam"]',
      'flow["First Nam"]: “flow["First Nam"]” is no value of this flow. Did you mean “flow["First Name"]”?',
      'flow["First Name"]'
    ],
    [
      'steps.send-mail-1.Sent',
      'steps.send-mail-1.Sent: “steps.send-mail-1.Sent” is no value of this flow. Did you mean “steps.send-email-1.Sent”?',
      'steps.send-email-1.Sent'
    ],
    ['flow.Zebra.x', 'flow.Zebra: “flow.Zebra” is no value of this flow.', undefined],
    ['flow', 'flow: “flow” alone is no value. Go on with a dot and a name, such as “flow.…”.', undefined],
    [
      'it.name',
      'it: “it” only has a meaning between the brackets of a list function, as in filter(list, it.age > 3).',
      undefined
    ],
    ['today', 'today: “today” is a function and needs brackets: today().', 'today()'],
    ['upper', 'upper: “upper” is a function and needs brackets: upper(text: Text).', undefined],
    ['uper(flow.Subject)', 'uper: There is no function “uper”. Did you mean “upper”?', 'upper(flow.Subject)'],
    ['xyz(1)', 'xyz: There is no function “xyz”.', undefined],
    ['flow.Report.siz', 'siz: A File has no field “siz”. Its fields are “name”, “path”, “size”.', 'flow.Report.size'],
    ['flow.Subject.x', 'x: A Text has no fields, so “.x” finds nothing in it.', undefined],
    [
      'flow.People.address',
      'address: “flow.People” is a list, so “.address” finds nothing in it. Take one item, as in flow.People[0], or use map.',
      'map(flow.People, it.address)'
    ],
    ['{a: 1, a: 2}', 'a: The field “a” is set twice in this record. Remove one of the two.', undefined],
    ['upper()', 'upper(): “upper” also needs “text”: upper(text: Text).', undefined],
    ["upper('a', 1, 2)", '1, 2: “upper” takes at most one value: upper(text: Text).', undefined],
    ['now(1)', '1: “now” takes nothing between its brackets: now().', undefined]
  ])('%s', (source, told, mended) => {
    expect(problemsOf(source)).toEqual([told])
    expect(fixesOf(source)).toEqual([mended])
  })

  it('does not offer what has nothing in common', () => {
    expect(problemsOf('quite.different')).toEqual(['quite: “quite” is no value of this flow.'])
  })
})

describe('types that do not fit', () => {
  it.each<[string, string, string | undefined]>([
    ["flow.Count + 'a'", '+: Texts are joined with &, not with +.', "flow.Count & 'a'"],
    ["flow.Count * '2'", "'2': “*” takes a Number on each side, but this is a Text.", "flow.Count * number('2')"],
    [
      'flow.Since - now()',
      "flow.Since - now(): Dates are not subtracted with “-”. Use difference(from, to, 'days') or add(date, -1, 'days').",
      undefined
    ],
    ['flow.Count and true', 'flow.Count: “and” takes a Boolean on each side, but this is a Number.', undefined],
    ['not flow.Subject', 'flow.Subject: “not” takes a Boolean, but this is a Text.', undefined],
    ['-flow.Subject', 'flow.Subject: “-” takes a Number, but this is a Text.', '-number(flow.Subject)'],
    [
      "flow.Since < '2024-01-01'",
      "flow.Since < '2024-01-01': A Date and a Text cannot be compared: both must be numbers, texts or dates.",
      "flow.Since < date('2024-01-01')"
    ],
    [
      'flow.Urgent > false',
      'flow.Urgent > false: A Boolean is neither before nor after another one: only numbers, texts and dates can be compared so.',
      undefined
    ],
    ["flow.Count = '3'", "flow.Count = '3': A Number never equals a Text.", "flow.Count = number('3')"],
    ["'a' in flow.Numbers", "'a' in flow.Numbers: A Text never equals a Number.", "number('a') in flow.Numbers"],
    ["'a' in flow.Subject", 'flow.Subject: On the right of “in” a list is expected, but this is a Text.', undefined],
    [
      'upper(flow.Count)',
      'flow.Count: “text” of “upper” must be a Text, but this is a Number.',
      'upper(text(flow.Count))'
    ],
    [
      'trim(flow.Numbers)',
      'flow.Numbers: “text” of “trim” must be a Text, but this is a List of Number.',
      'trim(join(flow.Numbers))'
    ],
    ['length(1)', '1: “value” of “length” must be a Text or List, but this is a Number.', 'length(text(1))'],
    [
      'round(flow.Subject)',
      'flow.Subject: “number” of “round” must be a Number, but this is a Text.',
      'round(number(flow.Subject))'
    ],
    [
      "year('2024-01-01')",
      "'2024-01-01': “date” of “year” must be a Date, but this is a Text.",
      "year(date('2024-01-01'))"
    ],
    ['filter(flow.Numbers, it + 1)', 'it + 1: “where” of “filter” must be a Boolean, but this is a Number.', undefined],
    [
      'filter(flow.People, it.address > 3)',
      'it.address > 3: A Text and a Number cannot be compared: both must be numbers, texts or dates.',
      'filter(flow.People, number(it.address) > 3)'
    ],
    [
      "add(now(), 1, 'day')",
      "'day': “unit” of “add” must be one of “milliseconds”, “seconds”, “minutes”, “hours”, “days”, “weeks”, “months”, “years”, but it is “day”.",
      "add(now(), 1, 'days')"
    ],
    [
      'flow.Numbers[flow.Subject]',
      'flow.Subject: Between the brackets after a List of Number, a Number is expected, but this is a Text.',
      undefined
    ],
    [
      'flow.Row[flow.Count]',
      'flow.Count: Between the brackets after a Record, a Text is expected, but this is a Number.',
      undefined
    ],
    [
      'flow.Subject[0]',
      'flow.Subject[0]: A Text has no items. Use substring(text, from, length) for a part of it.',
      undefined
    ],
    [
      'flow.Count[0]',
      'flow.Count[0]: Only lists and records have something in brackets, but this is a Number.',
      undefined
    ]
  ])('%s', (source, told, mended) => {
    expect(problemsOf(source)).toEqual([told])
    expect(fixesOf(source)).toEqual([mended])
  })

  it('lets through what only shows at run time', () => {
    for (const source of [
      'flow.Anything + 1',
      'upper(item.name)',
      'item.a < item.b',
      'filter(item.list, it.x)',
      'null + 1',
      'flow.Anything()'
    ])
      expect(check(source).problems.map(({ code }) => code)).toEqual(source.endsWith('()') ? ['expression-syntax'] : [])
  })

  it('checks what is expected where the expression stands', () => {
    expect(problemsOf('flow.Since', 'Text')).toEqual([
      'flow.Since: The expression gives a Date, but a Text is expected here.'
    ])
    expect(fixesOf('flow.Since', 'Text')).toEqual(['text(flow.Since)'])
    expect(fixesOf("'3'", 'Number')).toEqual(["number('3')"])
    expect(problemsOf('flow.Count', 'Text')).toEqual([])
    expect(problemsOf('null', 'Number')).toEqual([])
    expect(problemsOf('flow.Subject', 'Template')).toEqual([])
    expect(problemsOf("['a@example.com']", 'List of Email')).toEqual([])
  })

  it('only warns of comparisons that are always the same', () => {
    expect(check("flow.Count = 'a'").problems[0]?.severity).toBe('warning')
    expect(check('flow.Cout').problems[0]?.severity).toBe('error')
  })
})

it('tells all problems at once, in the order of the source', () => {
  expect(problemsOf('upper(flow.Count) & lower(flow.Sbject) & flow.Zebra').map((told) => told.split(':')[0])).toEqual([
    'flow.Count',
    'flow.Sbject',
    'flow.Zebra'
  ])
})

it('tells of a mistake in writing alone', () => {
  expect(problemsOf('flow.Cout + ')).toHaveLength(1)
  expect(check('flow.Cout + ').problems[0]?.code).toBe('expression-syntax')
})

it('keeps its head with thousands of problems', () => {
  const source = `[${Array.from({ length: 5000 }, (_, index) => `flow.Unknown${index}`).join()}]`
  expect(check(source).problems).toHaveLength(100)
})

it('makes sense of expressions that it has mended', () => {
  for (const source of [
    'flow.Cout + 1',
    'flow.People.address',
    "flow.Count + 'a'",
    "add(now(), 1, 'day')",
    'upper(flow.Count)'
  ]) {
    const mended = fixesOf(source)[0] ?? ''
    expect(check(mended).problems).toEqual([])
  }
})
