import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { FlowDocument } from '../../engine/index.ts'
import { isPlainData } from './plainData.ts'
import { isRelativePath } from './relativePath.ts'
import { schemas } from './schemas.ts'
import { holds } from '../../engine/testing/property/holds.ts'

const document: FlowDocument = {
  flow: {
    id: 'f1',
    name: 'Send EmailList Flow',
    inputs: [{ name: 'Subject', type: 'Text', initial: 'Hello' }],
    outputs: [{ name: 'Count', type: 'Number' }],
    steps: [
      {
        id: 'log-1',
        type: 'log',
        name: 'Log 1',
        settings: { Level: 'info' },
        inputs: { Message: { kind: 'merge', template: '{{flow.Subject}}', format: 'text' } }
      }
    ],
    connections: [{ from: 'start', outcome: 'Done', to: 'log-1' }]
  },
  layout: { 'log-1': { x: 8, y: 16 } }
}

describe('a document', () => {
  const accepts = (given: unknown) => schemas['flow:save'].safeParse(['a.flow.json', given, 'hash'])

  it('comes through unchanged, fields that nobody knows included', () => {
    const future = { ...document, groups: [1], flow: { ...document.flow, tags: ['a'] } }
    expect(accepts(future).data).toEqual(['a.flow.json', future, 'hash'])
  })

  it('keeps kinds of mapping and of step that nobody knows', () => {
    const [step] = document.flow.steps
    const odd = { ...step, type: 'from-the-future', inputs: { A: { kind: 'expression', text: '1 + 1' } } }
    const given = { ...document, flow: { ...document.flow, steps: [odd] } }
    expect(accepts(given).data?.[1]).toEqual(given)
  })

  it('is refused when it is not one', () => {
    const wrong = [
      undefined,
      null,
      {},
      [],
      'x',
      { flow: document.flow },
      { ...document, layout: { a: { x: '8', y: 0 } } }
    ]
    for (const given of wrong) expect(accepts(given).success).toBe(false)
    expect(accepts({ ...document, flow: { ...document.flow, steps: [{ id: 'a' }] } }).success).toBe(false)
    expect(accepts({ ...document, layout: { a: { x: NaN, y: 0 } } }).success).toBe(false)
  })
})

describe('paths', () => {
  it('are relative wherever they occur', () => {
    for (const path of ['/etc/passwd', '../a', 'a\\..\\b', 'a\0', 'C:/a', ''])
      for (const name of ['flow:read', 'flow:delete', 'flow:drop-draft', 'document:choose', 'folder:create'] as const)
        expect(schemas[name].safeParse([path]).success).toBe(false)
    expect(schemas['flow:create'].safeParse(['', 'A', 'empty']).success).toBe(true)
    expect(schemas['flow:create'].safeParse(['..', 'A', 'empty']).success).toBe(false)
  })

  it('of runs and mails name one thing in one folder', () => {
    for (const run of ['..', '../a', 'a/b', '', 'a\\b', 'a'.repeat(300)])
      expect(schemas['run:read'].safeParse([run]).success).toBe(false)
    for (const file of ['../a.eml', 'a/b.eml', '..', '/a.eml'])
      expect(schemas['outbox:read'].safeParse(['run-1', file]).success).toBe(false)
    expect(schemas['outbox:read'].safeParse(['run-1', '0001.eml']).success).toBe(true)
  })
})

describe('a signal', () => {
  it('goes to one run, by a name, with any value', () => {
    expect(schemas['run:signal'].safeParse(['run-1', 'approved', { by: ['Ada', null] }]).success).toBe(true)
    expect(schemas['run:signal'].safeParse(['run-1', 'approved', null]).success).toBe(true)
    for (const wrong of [
      ['../run', 'a', 1],
      ['run-1', '', 1],
      ['run-1', 7, 1],
      ['run-1', 'a']
    ])
      expect(schemas['run:signal'].safeParse(wrong).success).toBe(false)
  })
})

describe('an interrupted run', () => {
  it('is resumed with a word about what is in doubt, or left', () => {
    for (const word of ['ask', 'retry', 'skip'])
      expect(schemas['run:resume'].safeParse(['run-1', word]).success).toBe(true)
    for (const wrong of [['run-1'], ['run-1', 'perhaps'], ['../run', 'ask'], ['run-1', 'ask', 1]])
      expect(schemas['run:resume'].safeParse(wrong).success).toBe(false)
    expect(schemas['run:leave'].safeParse(['run-1']).success).toBe(true)
    expect(schemas['run:leave'].safeParse(['a/b']).success).toBe(false)
  })
})

describe('how long runs are kept', () => {
  const accepts = (retention: unknown) => schemas['settings:change'].safeParse([{ retention }]).success

  it('is a number of runs, a number of days, both or nothing', () => {
    for (const retention of [{}, { perFlow: 50 }, { days: 30 }, { perFlow: 1, days: 1 }])
      expect(accepts(retention)).toBe(true)
    for (const wrong of [null, { perFlow: 0 }, { days: -1 }, { days: 1.5 }, { perFlow: '9' }])
      expect(accepts(wrong)).toBe(false)
  })
})

describe('arguments nobody meant', () => {
  it('never throw, and never let a path out through', () => {
    const names = Object.keys(schemas) as (keyof typeof schemas)[]
    return holds(
      'arguments nobody meant',
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.oneof(fc.anything(), fc.constantFrom('../x', '/x', 'a', 'empty', 0), fc.constant(document)), {
          maxLength: 4
        }),
        (name, args) => {
          const schema: z.ZodType = schemas[name]
          if (!isPlainData(args) || !schema.safeParse(args).success) return
          const [first] = args
          const isPath = name.startsWith('flow:') || name.startsWith('document:') || name === 'folder:create'
          if (isPath && name !== 'flow:restore' && first !== '') expect(isRelativePath(String(first))).toBe(true)
        }
      ),
      { runs: 20_000 }
    )
  })
})
