/** What the timeline has to know of a kind of step to speak of it. */
export interface StepWords {
  /** Name of its icon. */
  readonly icon: string
  /** What one of its items is called: 'Recipient'. */
  readonly item: string
  /** What it is when it failed: 'refused'. */
  readonly failed: string
}
