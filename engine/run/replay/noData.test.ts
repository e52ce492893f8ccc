import { describe, it } from 'vitest'
import type { Value } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { resumedEverywhere } from '../../testing/resumedEverywhere.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'

const constant = (value: Value) => ({ kind: 'constant', value }) as const
const expression = (source: string) => ({ kind: 'expression', source }) as const
const script = (source: string) => ({ kind: 'script', source }) as const
const pause = { inputs: { Seconds: constant(1) } }

describe.each(['full', 'summary'] as const)('A run with recording %s goes on from its journal', (recording) => {
  it('after an If along No Data, whose script gave nothing', () =>
    resumedEverywhere(
      {
        main: flowFromText(
          'Start -> If -[True]-> End Step\nIf -[False]-> End Step\nIf -[No Data]-> Pause Flow -> End Step None',
          testDefinitions,
          { steps: { If: { inputs: { Condition: script('null') } }, 'Pause Flow': pause } }
        )
      },
      { recording }
    ))

  it('after a While along No Data, whose script gave nothing any more', () =>
    resumedEverywhere(
      {
        main: flowFromText(
          'Start -> While -[Done]-> End Step\nWhile -[Loop]-> Set Value\nWhile -[No Data]-> Pause Flow -> End Step None',
          testDefinitions,
          {
            variables: [{ name: 'n', type: 'Number', initial: 0 }],
            steps: {
              While: { inputs: { Condition: script('flow.n < 2 ? true : null') } },
              'Set Value': { settings: { Variable: 'n' }, inputs: { Value: expression('flow.n + 1') } },
              'Pause Flow': pause
            }
          }
        )
      },
      { recording }
    ))
})
