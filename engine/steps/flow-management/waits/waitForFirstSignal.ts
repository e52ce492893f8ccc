import { defineStep, exit, type OutcomeDefinition, type Step, textOf } from '../../../model/index.ts'
import { namesIn } from '../../namesIn.ts'

const usual = ['Approved', 'Rejected']
const nothingCame = 'Nothing Came'

/** Waits for whichever of several signals comes first: what is done next is decided by whoever sends it. */
export const waitForFirstSignal = defineStep({
  type: 'wait-for-first-signal',
  title: 'Wait for First Signal',
  summary:
    'Waits until one of several signals comes, from another thread of the run or from outside, and goes on along the outcome of that one. One that was sent before counts.',
  category: 'Flow Management',
  icon: 'list-checks',
  effect: 'observes',
  waits: true,
  waitsForSignals: (_inputs, { Signals = null }) => namesIn(Signals),
  canFail: true,
  inputs: {},
  settings: {
    Signals: {
      kind: 'texts',
      initial: usual,
      needed: true,
      reserved: [nothingCame],
      summary: 'Their names; each is an outcome. None may be called Nothing Came.'
    },
    'Give up after': {
      kind: 'number',
      initial: 0,
      min: 0,
      max: 31_536_000,
      unit: 'seconds',
      summary: 'How long it waits before it goes on along Nothing Came; 0: without end.'
    }
  },
  outcomes: {},
  dynamicOutcomes: (step) => ({
    ...Object.fromEntries(
      signalsOf(step).map((name): [string, OutcomeDefinition] => [
        name,
        { outputs: { Value: { type: 'Any', summary: 'What the sender gave.' } } }
      ])
    ),
    ...(isLimited(step) && { [nothingCame]: { summary: 'None of them came in time.', outputs: {} } })
  }),
  describe: (step) => signalsOf(step).join(' or '),
  async run({ settings, threads }) {
    const seconds = settings['Give up after']
    const received = await threads.receive(namesIn(settings.Signals), seconds > 0 ? seconds : undefined)
    return received ? exit(received.signal, { Value: received.value }) : exit(nothingCame, {})
  }
})

const isLimited = ({ settings }: Step): boolean => Number(textOf(settings['Give up after'] ?? 0)) > 0

const signalsOf = ({ settings }: Step): readonly string[] => namesIn(settings.Signals ?? usual)
