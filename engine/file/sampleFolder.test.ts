import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readFlow } from './readFlow.ts'
import { writeFlow } from './writeFlow.ts'

const folder = new URL('../../resources/samples/', import.meta.url)
const textOf = (name: string): string => readFileSync(new URL(encodeURIComponent(name), folder), 'utf8')
const flows = readdirSync(folder).filter((name) => name.endsWith('.flow.json'))

function documentOf(name: string) {
  const result = readFlow(textOf(name))
  if (result.kind !== 'ok') throw new Error(result.message)
  return result.document
}

describe('the sample Designer Folder', () => {
  test.each(flows)('%s is named as its file, and written as the studio would write it', (name) => {
    const document = documentOf(name)
    expect(`${document.flow.name}.flow.json`).toBe(name)
    expect(writeFlow(document)).toBe(textOf(name))
    expect(Object.keys(document.layout).sort()).toEqual(document.flow.steps.map(({ id }) => id).sort())
  })

  test('has five flows, each with an id of its own', () => {
    expect(new Set(flows.map((name) => documentOf(name).flow.id)).size).toBe(5)
  })

  test('has Send EmailList Flow as the seed finds it: the two steps configured, but not connected to each other', () => {
    const { steps, connections } = documentOf('Send EmailList Flow.flow.json').flow
    expect(steps.map(({ name }) => name)).toEqual(['Start', 'Email Address List', 'Send Email 1', 'End Step'])
    expect(connections).toEqual([
      { from: 'start', outcome: 'Done', to: 'email-address-list-1' },
      { from: 'send-email-1', outcome: 'Done', to: 'end-1' }
    ])
  })

  test('has 1,200 different subscribers at example.com, without a bad row', () => {
    const [heads, ...rows] = textOf('subscribers.csv').trimEnd().split('\n')
    expect(heads).toBe('Email,First Name,Joined On')
    expect(rows.filter((row) => !/^[a-z]+\.[a-z]+@example\.com,[A-Z][a-z]+,202[45]-\d\d-\d\d$/.test(row))).toEqual([])
    expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(1200)
  })
})
