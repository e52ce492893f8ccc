import { expect, it } from 'vitest'
import { type Handlers, answer } from './answer.ts'
import { Refusal } from './refusal.ts'

const reported: string[] = []
const desk = {
  refusalOf: (error: unknown) => (error instanceof Refusal ? error : undefined),
  report: (where: string) => void reported.push(where)
}
const drop = (handler: Handlers['flow:drop-draft']) => ({ 'flow:drop-draft': handler })

it('answers with the value', async () => {
  const handlers = {
    'run:list': (flow?: string) => [{ id: flow ?? 'all', flow: '', name: '', number: 1, startedAt: '', background: 0 }]
  }
  expect(await answer('run:list', ['a'], handlers, desk)).toMatchObject({ ok: true, value: [{ id: 'a' }] })
  expect(await answer('run:list', [undefined], handlers, desk)).toMatchObject({ ok: true, value: [{ id: 'all' }] })
})

it('keeps code and sentence of a refusal', async () => {
  const refuse = drop(() => {
    throw new Refusal('disk-full', 'There is no room left on the disk.')
  })
  expect(await answer('flow:drop-draft', ['a'], refuse, desk)).toEqual({
    ok: false,
    error: { code: 'disk-full', message: 'There is no room left on the disk.' }
  })
})

it('reports a bug and answers with a plain sentence, without its message or stack', async () => {
  const bug = drop(() => Promise.reject(new TypeError('secret: /home/ada is undefined')))
  const reply = await answer('flow:drop-draft', ['a'], bug, desk)
  expect(reply).toMatchObject({ ok: false, error: { code: 'unexpected' } })
  expect(JSON.stringify(reply)).not.toContain('secret')
  expect(reported).toEqual(['flow:drop-draft'])
})

it('does not call the handler with arguments that make no sense', async () => {
  let called = false
  const handlers = drop(() => {
    called = true
    return undefined
  })
  for (const args of [[], ['../a'], ['a', 'b'], [new Map()], [{ length: 1 }]])
    expect(await answer('flow:drop-draft', args, handlers, desk)).toMatchObject({ error: { code: 'bad-request' } })
  expect(called).toBe(false)
})
