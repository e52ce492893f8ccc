import { describe, expect, it } from 'vitest'
import { type Mapping, type Value, type ValueRecord, type ValueType, valueAt } from '../model/index.ts'
import { compileMapping } from './compileMapping.ts'

const data: ValueRecord = {
  flow: { Count: 3, 'First Name': 'Ada' },
  steps: { 'send-email-1': { Sent: 5 } },
  item: { address: 'ada@example.com' }
}

const expression = (source: string): Mapping => ({ kind: 'expression', source })

function valueOf(mapping: Mapping, type: ValueType = 'Any'): Value | undefined {
  const read = compileMapping<ValueRecord, undefined>(
    mapping,
    { type },
    { readerOf: (names) => (values) => valueAt(values, names), clockOf: () => () => Date.UTC(2024, 2, 5) }
  )
  return read(data, undefined)
}

describe('an expression', () => {
  it('reads inputs, outputs of steps and what bodies add', () => {
    expect(valueOf(expression('flow.Count + steps.send-email-1.Sent - 1'))).toBe(7)
    expect(valueOf(expression('item.address & flow["First Name"]'))).toBe('ada@example.comAda')
    expect(valueOf(expression('flow.Missing.x & steps.other.Sent'))).toBe('')
  })

  it('asks the clock of the run for the time', () => {
    expect(valueOf(expression('year(now())'))).toBe(2024)
  })

  it('can stand inside a record and a list', () => {
    const one = expression('flow.Count * 2')
    expect(
      valueOf({ kind: 'record', fields: { a: one, b: { kind: 'list', items: [one, { kind: 'null' }] } } })
    ).toEqual({
      a: 6,
      b: [6, null]
    })
  })

  it('gives a template to an input that fills in a text for each item', () => {
    expect(valueOf(expression("'Hello ' & flow['First Name']"), 'Template')).toEqual({
      $type: 'Template',
      format: 'text',
      parts: ['Hello Ada']
    })
  })

  it('fails when it is evaluated, not before, if it has a mistake', () => {
    expect(() => valueOf(expression('flow.Count +'))).toThrow('The expression “flow.Count +” cannot be evaluated.')
  })
})
