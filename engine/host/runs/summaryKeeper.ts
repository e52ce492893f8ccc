import { type Disk, systemDisk } from '../disk/disk.ts'
import type { RunEvent } from '../../run/index.ts'
import { SummaryTally, writeSummary } from './runSummary.ts'

/**
 * The shortest time between two writes, and before the first one, in milliseconds; a reply does not wait for it. So a run that
 * replies at once has its summary written once.
 */
const pause = 250

/** Keeps the summary in a run's folder up to date while the run goes on. */
export interface SummaryKeeper {
  add(event: RunEvent): void
  /**
   * Writes the summary as it is now, for the last time; call it when the journal is closed. `whole`: whether the journal has
   * all events, true unless given; else it is not told that the run is settled. `suspended`: why the run is carried no more,
   * where something forced that. Never rejects.
   */
  close(whole?: boolean, suspended?: string): Promise<void>
}

/** `epoch`: that of the claim. `before`: the events that the journal held when a run is carried on. */
export function summaryKeeper(
  folder: string,
  epoch: number,
  before: Iterable<RunEvent> = [],
  disk: Disk = systemDisk
): SummaryKeeper {
  const tally = new SummaryTally(epoch)
  for (const event of before) tally.add(event)
  let work: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let writtenAt = performance.now()

  const write = (closed: boolean, suspended?: string): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writtenAt = performance.now()
    work = work.then(async () => {
      if (!tally.summary) return
      // That a run is settled is not told before its journal is closed.
      const { settled, ...summary } = tally.summary
      const why = suspended !== undefined && { suspended }
      await writeSummary(folder, { ...summary, ...(closed && settled && { settled }), ...why }, disk)
    })
    // The journal has it all: without a summary the list takes longer, that is all.
    work = work.catch(() => undefined)
    return work
  }

  return {
    add(event) {
      if (!tally.add(event) || event.event === 'RunSettled') return
      const wait = writtenAt + pause - performance.now()
      if (wait <= 0 || event.event === 'Replied') void write(false)
      else timer ??= setTimeout(() => void write(false), wait)
    },
    close: (whole = true, suspended) => write(whole, suspended)
  }
}
