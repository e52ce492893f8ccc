import type { AfterRestart, Durability, Recording } from '../../engine/index.ts'

/** One way to carry out runs: the word for it, and what it means. */
export interface RunningChoice<T extends string> {
  readonly value: T
  readonly label: string
  readonly about: string
}

/** How much of a run is recorded. */
export const recordings: readonly RunningChoice<Recording>[] = [
  { value: 'full', label: 'Full', about: 'Every step with its data. The debugger can show all of the run.' },
  {
    value: 'summary',
    label: 'Summary',
    about: 'Start, reply, effects, failures and ends. Faster and smaller, but the debugger shows less.'
  }
]

/** What a run survives. */
export const durabilities: readonly RunningChoice<Durability>[] = [
  { value: 'debug', label: 'Debug', about: 'Survives the end of the studio. A power cut may cost the last second.' },
  { value: 'standard', label: 'Standard', about: 'Survives a power cut: the disk is waited for before each effect.' },
  {
    value: 'strict',
    label: 'Strict',
    about: 'The disk is waited for before and after each effect. Slower, and less can be in doubt.'
  }
]

/** What happens to an interrupted run when the studio starts again. */
export const restarts: readonly RunningChoice<AfterRestart>[] = [
  { value: 'resume', label: 'Resume', about: 'An interrupted run goes on by itself. What is in doubt is asked first.' },
  { value: 'ask', label: 'Ask', about: 'The studio asks before an interrupted run goes on.' },
  { value: 'leave', label: 'Leave', about: 'An interrupted run stays as it is. Runs offers to resume it.' }
]
