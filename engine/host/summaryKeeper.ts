import type { RunEvent } from '../run/index.ts'
import { SummaryTally, writeSummary } from './runSummary.ts'

/** The shortest time between two writes, in milliseconds. */
const pause = 250

/** Keeps the summary in a run's folder up to date while the run goes on. */
export interface SummaryKeeper {
  add(event: RunEvent): void
  /** Writes the summary as it is now, for the last time; call it when the journal is closed. Never rejects. */
  close(): Promise<void>
}

/** `epoch`: that of the claim. `before`: the events that the journal held when a run is carried on. */
export function summaryKeeper(folder: string, epoch: number, before: Iterable<RunEvent> = []): SummaryKeeper {
  const tally = new SummaryTally(epoch)
  for (const event of before) tally.add(event)
  let work: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let writtenAt = -Infinity

  const write = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    // The journal has it all: without a summary the list takes longer, that is all.
    work = work.then(() => tally.summary && writeSummary(folder, tally.summary)).catch(() => undefined)
    writtenAt = performance.now()
    return work
  }

  return {
    add(event) {
      // That a run is settled is not told before its journal is closed.
      if (!tally.add(event) || event.event === 'RunSettled') return
      const wait = writtenAt + pause - performance.now()
      if (wait <= 0) void write()
      else timer ??= setTimeout(() => void write(), wait)
    },
    close: write
  }
}
