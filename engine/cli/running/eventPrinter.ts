import type { RunEvent } from '../../index.ts'
import type { Terminal } from '../terminal.ts'
import { Timeline } from './timeline.ts'

/** How a run is told. */
export interface Telling {
  /** Every event as a line of JSON, instead of a timeline. */
  readonly json: boolean
  /** The reply alone. */
  readonly quiet: boolean
}

/** Prints the events of a run: as they are, or as a timeline. What it waits for from outside is told on stderr in both cases. */
export function eventPrinter(
  { json, quiet }: Telling,
  terminal: Pick<Terminal, 'print' | 'remark'>,
  timeline = new Timeline(terminal)
): (event: RunEvent) => void {
  return (event) => {
    const awaits = event.event === 'Logged' && event.awaits !== undefined
    if (quiet && event.event !== 'Replied' && !awaits) {
      timeline.learn([event])
      return
    }
    if (!json) {
      timeline.add(event)
      return
    }
    terminal.print(JSON.stringify(event))
    if (awaits) terminal.remark(event.message)
  }
}
