import { describe, expect, it } from 'vitest'
import { defineStep } from './definition.ts'
import { enter, exit } from './transition.ts'

const common = {
  type: 'ask',
  title: 'Ask',
  summary: 'Asks.',
  category: 'Code',
  icon: 'check',
  inputs: {},
  settings: {},
  outcomes: { Done: { outputs: {} }, Each: { outputs: {} } }
} as const

describe('A step definition', () => {
  const run = () => enter({ outcome: 'Each', locals: {} }, null)

  it('may enter a body where it has no effect', () => {
    expect(defineStep({ ...common, run }).run).toBe(run)
  })

  it('only exits where it has one, by its type: a resume could not make it enter anything again', () => {
    const asking = defineStep({ ...common, effect: 'observes', run: () => exit('Done', {}) })
    // @ts-expect-error It may not enter anything.
    const entering = defineStep({ ...common, effect: 'observes', run })
    expect([asking.effect, entering.effect]).toEqual(['observes', 'observes'])
  })
})
