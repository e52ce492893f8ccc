import { expect, it } from 'vitest'
import type { Transition } from '../../model/index.ts'
import { withCustom } from '../../testing/customStep.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { tryRun } from '../../testing/trialRun.ts'

it.each([undefined, 'observes'] as const)(
  'A step that answers with no transition fails (effect: %s)',
  async (effect) => {
    const definitions = withCustom(() => JSON.parse('{"kind":"leap"}') as Transition, effect)
    const main = flowFromText('Start -> Custom -> End Step', definitions)
    const { reply } = await tryRun({ main }, { definitions })
    expect(reply).toMatchObject({ kind: 'failed', error: { code: 'step-broke', step: 'Custom' } })
  }
)
