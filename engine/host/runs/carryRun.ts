import type { Clock, Failure } from '../../model/index.ts'
import type { RunEvent, RunHandle, RunOptions, Settled } from '../../run/index.ts'
import { builtInSteps } from '../../steps/index.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { privateDisk } from '../disk/privateDisk.ts'
import type { Claim } from './claimRun.ts'
import { offerControl } from '../control/controlServer.ts'
import { createServices } from '../createServices.ts'
import type { Installation } from '../installation/installation.ts'
import type { JournalFile } from '../journal/journalFile.ts'
import type { MailAccount } from '../mail/mailAccount.ts'
import type { ProcessFolder } from './processFolder.ts'
import { keepAlive } from './keepAlive.ts'
import type { RunTrouble } from './runTrouble.ts'
import { summaryKeeper } from './summaryKeeper.ts'

/** A run that is going on. `settled` resolves when its journal is closed and its connections too. */
export interface StartedRun extends RunHandle {
  readonly processFolder: ProcessFolder
}

/** What this process holds of a run that it carries. It is all let go of when the run is carried no more. */
export interface CarryOptions {
  /** The Designer Folder, absolute. */
  readonly root: string
  readonly installation: Installation
  readonly processFolder: ProcessFolder
  readonly claim: Claim
  readonly journal: JournalFile
  /** What the journal held before. */
  readonly past?: readonly RunEvent[]
  /** The account of mails that name none. */
  readonly mail: string
  readonly accounts: readonly MailAccount[]
  readonly clock: Clock
  readonly disk: Disk
  /** What keeps the run from going on. */
  readonly trouble: RunTrouble
  /** Lets the run begin, or go on. */
  readonly begin: (options: Pick<RunOptions, 'definitions' | 'services' | 'journal'>) => RunHandle | Promise<RunHandle>
  /** Sees every event once the journal keeps it. */
  onEvent?(event: RunEvent): void
}

/**
 * Carries a run on this computer: with its services, its summary, and the claim to it. The process lives until the run is
 * settled. Rejects as `begin` does.
 */
export async function carryRun(options: CarryOptions): Promise<StartedRun> {
  const { root, installation, processFolder, claim, journal, past = [], mail, accounts, clock, disk } = options
  const { trouble, begin } = options
  const summary = summaryKeeper(processFolder.path, claim.epoch, past, disk)
  const services = createServices({
    folder: root,
    processFolder,
    accounts,
    mail,
    clock,
    disk,
    onTrouble: trouble.ofServices
  })
  /** Answers whether the journal has all events. */
  const letGo = async (): Promise<boolean> => {
    // Whoever carries it on has the folder alone.
    await services.close()
    // The journal has been closed by now, and goes on telling whether that went well.
    const whole = await Promise.resolve(journal.close()).then(
      () => true,
      () => false
    )
    await summary.close(whole, trouble.message)
    await claim.release()
    return whole
  }
  const settle = async (run: RunHandle): Promise<Settled> => {
    await run.settled.catch(() => undefined)
    const whole = await letGo()
    const settled = await run.settled
    // What has failed may be tried again some day. Something that is kept for nothing does no harm.
    if (whole && (settled.state === 'completed' || settled.state === 'cancelled'))
      await installation.forget(processFolder.path).catch(() => undefined)
    return settled
  }
  try {
    await trouble.keepReserve()
    journal.onKept((event) => {
      summary.add(event)
      options.onEvent?.(event)
    })
    const run = await begin({ definitions: builtInSteps, services, journal })
    // What tests keep in memory is in nobody's reach.
    if (disk === privateDisk(systemDisk)) {
      const withdraw = offerControl(installation.control, processFolder.path, { handle: run, journal })
      void run.settled.then(withdraw, withdraw)
    }
    trouble.whenMet((because) => void run.suspend(because))
    const settled = keepAlive(settle(run))
    const suspend = async (because?: Failure): Promise<void> => {
      await run.suspend(because)
      await settled
    }
    return {
      id: run.id,
      reply: run.reply,
      settled,
      processFolder,
      suspend,
      cancel: (thread) => {
        run.cancel(thread)
      },
      signal: (name, value) => {
        run.signal(name, value)
      },
      attach: (attached) => run.attach(attached)
    }
  } catch (error) {
    await letGo()
    throw error
  }
}
