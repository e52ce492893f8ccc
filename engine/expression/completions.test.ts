import { expect, it } from 'vitest'
import { scopeOf } from '../testing/expressions.ts'
import { type Completion, completions } from './completions.ts'

const scope = scopeOf({
  'flow.Count': 'Number',
  'flow.First Name': 'Text',
  'flow.People': 'List of Email',
  'flow.Report': 'File',
  'steps.send-email-1.Sent': 'Number',
  'steps.send-email-1.Failed': 'Number',
  item: 'Record'
})

/** What is offered at the `|` of a source, or at its end. */
function offered(marked: string): Completion[] {
  const offset = marked.includes('|') ? marked.indexOf('|') : marked.length
  return [...completions(marked.replace('|', ''), offset, scope).items]
}

const labels = (marked: string): string[] => offered(marked).map(({ label }) => label)

/** The source after the first completion is taken, with a `|` where the cursor then is. */
function taken(source: string): string {
  const { from, to, items } = completions(source, source.length, scope)
  const { insert = '', cursor = 0 } = items[0] ?? {}
  return `${source.slice(0, from)}${insert.slice(0, cursor)}|${insert.slice(cursor)}${source.slice(to)}`
}

it('offers values, functions and constants where a value is expected', () => {
  for (const source of ['', '1 + ', 'upper(', 'max(1, ', '[1, ', '{a: ', 'not ', 'flow.Count = 1 and ', '(']) {
    expect(labels(source)).toEqual(
      expect.arrayContaining(['flow.Count', 'flow["First Name"]', 'item', 'upper', 'true', 'not'])
    )
    expect(labels(source)).not.toContain('and')
    expect(labels(source)).not.toContain('it')
  }
})

it('offers operators where a value has ended', () => {
  for (const source of ['1 ', 'flow.Count ', '(1) ', '[1] ', "'a' ", 'upper(item) ']) {
    expect(labels(source)).toEqual(expect.arrayContaining(['+', 'and', 'in']))
    expect(labels(source)).not.toContain('flow.Count')
  }
  expect(labels('flow.Count a')).toEqual(['and'])
})

it('narrows down to what is being typed, by the last name of a path too', () => {
  expect(labels('fl')).toEqual(['flow.Count', 'flow["First Name"]', 'flow.People', 'flow.Report', 'floor', 'flatten'])
  expect(labels('coun')).toEqual(['count', 'flow.Count'])
  expect(labels('first')).toEqual(['first', 'flow["First Name"]'])
  expect(labels('sent')).toEqual(['steps.send-email-1.Sent'])
})

it('completes paths as a whole', () => {
  expect(labels('flow.')).toEqual(['flow.Count', 'flow["First Name"]', 'flow.People', 'flow.Report'])
  expect(labels('1 + steps.')).toEqual(['steps.send-email-1.Sent', 'steps.send-email-1.Failed'])
  expect(labels('steps.send-email-1.F')).toEqual(['steps.send-email-1.Failed'])
  expect(taken('1 + flow.F')).toBe('1 + flow["First Name"]|')
  expect(taken('upper(flow.Cou')).toBe('upper(flow.Count|')
})

it('offers the fields of what stands before the dot', () => {
  expect(labels('flow.Report.')).toEqual(['name', 'path', 'size'])
  expect(labels('flow.Report.s')).toEqual(['size'])
  expect(labels('flow.People[0].')).toEqual(['address'])
  expect(labels('first(flow.People).')).toEqual(['address'])
  expect(labels('now().')).toEqual(['iso'])
  expect(labels('flow.Count.')).toEqual([])
  expect(taken('flow.Report.pa')).toBe('flow.Report.path|')
})

it('knows the item in a list function', () => {
  expect(labels('filter(flow.People, i')).toEqual(expect.arrayContaining(['it', 'index']))
  expect(labels('filter(flow.People, it.')).toEqual(['address'])
  expect(labels('map(filter(flow.People, it.address = 1), it.')).toEqual(['address'])
  expect(labels('map(flow.People, upper(it.| & 1))')).toEqual(['address'])
  expect(offered('map(flow.People, it').find(({ label }) => label === 'it')?.detail).toBe('Email')
})

it('puts the cursor between the brackets of a function that takes something', () => {
  expect(taken('uppe')).toBe('upper(|)')
  expect(taken('1 > now')).toBe('1 > now()|')
})

it('shows types, signatures and summaries', () => {
  expect(offered('flow.Count')[0]).toMatchObject({ kind: 'value', detail: 'Number' })
  expect(offered('padL')[0]).toMatchObject({
    kind: 'function',
    detail: 'padLeft(text: Text, length: Number, fill?: Text)'
  })
})

it('offers nothing inside texts and numbers and for names of fields', () => {
  for (const source of ["'flow.", '"a', '1', '1.5', '{', '{a: 1, ', '#']) expect(offered(source)).toEqual([])
})
