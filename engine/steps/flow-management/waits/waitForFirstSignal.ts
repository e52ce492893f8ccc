import { defineStep, exit, type OutcomeDefinition, type Step, textOf } from '../../../model/index.ts'

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
  canFail: true,
  inputs: {},
  settings: {
    Signals: {
      kind: 'texts',
      initial: ['Approved', 'Rejected'],
      needed: true,
      summary: 'Their names; each is an outcome.'
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
      signalsOf(step.settings.Signals).map((name): [string, OutcomeDefinition] => [
        name,
        { outputs: { Value: { type: 'Any', summary: 'What the sender gave.' } } }
      ])
    ),
    ...(isLimited(step) && { [nothingCame]: { summary: 'None of them came in time.', outputs: {} } })
  }),
  describe: ({ settings }) => signalsOf(settings.Signals).join(' or '),
  async run({ settings, threads }) {
    const seconds = settings['Give up after']
    const received = await threads.receive(signalsOf(settings.Signals), seconds > 0 ? seconds : undefined)
    return received ? exit(received.signal, { Value: received.value }) : exit(nothingCame, {})
  }
})

const isLimited = ({ settings }: Step): boolean => Number(textOf(settings['Give up after'] ?? 0)) > 0

function signalsOf(setting: unknown): readonly string[] {
  if (!Array.isArray(setting)) return ['Approved', 'Rejected']
  const names = (setting as readonly unknown[]).filter(
    (name): name is string => typeof name === 'string' && name !== ''
  )
  return [...new Set(names)]
}
