import { basename } from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import {
  type Clock,
  type DoubtHandling,
  type Durability,
  StepFailure,
  runningOf,
  stepOf,
  usualRunning
} from '../../model/index.ts'
import {
  type Doubt,
  type Run,
  type RunEvent,
  type RunRetried,
  doubtsOf,
  foldRun,
  isSettled,
  resumeFlow,
  retryEvent
} from '../../run/index.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { privateDisk } from '../disk/privateDisk.ts'
import { type CarryOptions, carryRun, type StartedRun } from './carryRun.ts'
import { claimRun } from './claimRun.ts'
import { HostError } from '../hostError.ts'
import type { Installation, RunStart } from '../installation/installation.ts'
import { openJournal } from '../journal/createJournal.ts'
import { readJournal } from '../journal/readJournal.ts'
import { type MailAccount, outboxName, refuseUnknownAccount, withPassword } from '../mail/mailAccount.ts'
import { openProcessFolder, tidyProcessFolder } from './processFolder.ts'
import { readSummary, removeSummary } from './runSummary.ts'
import { runTrouble } from './runTrouble.ts'
import { systemClock } from '../systemClock.ts'

/** A run that is interrupted, or has failed and is retried, to be gone on with on this computer. */
export interface ResumeRequest {
  readonly installation: Installation
  /** The run's folder, absolute. */
  readonly run: string
  /**
   * What it goes on with: as it was started, unless given. A run that was not started here goes on only with this, which a
   * person has to say; its own folder is not asked.
   */
  readonly start?: RunStart
  /** What happens to effects of which nobody knows whether they happened, where the step leaves it open; 'ask' unless given. */
  readonly inDoubt?: DoubtHandling | 'ask'
  /** It is settled as failed, and goes on from where it failed: see RunRetried. */
  readonly retry?: boolean
  /** Settles it as cancelled instead of going on with its steps; nothing is asked then. */
  readonly cancel?: boolean
  readonly accounts?: readonly MailAccount[]
  /** For a mail server that was given as an address: its password, which is not kept. */
  readonly password?: string
  readonly clock?: Clock
  /** Where the run is kept. */
  readonly disk?: Disk
  /** At this size of its journal the run is suspended again, in bytes: see journalLimit. */
  readonly journalLimit?: number
  /** Sees what the journal holds so far, before anything goes on. */
  onPast?(events: readonly RunEvent[]): void
  /** Sees every event from now on, once the journal keeps it. The first ones come before `resumeRun` resolves. */
  onEvent?(event: RunEvent): void
}

/** A run that goes on from its journal. */
export interface ResumedRun extends StartedRun {
  /** What its journal held before. */
  readonly past: readonly RunEvent[]
}

/** Nothing ran, because nobody has said what happens to what is in doubt. */
export class RunInDoubt extends HostError {
  /** All that is in doubt; those handled `ask` need a word. */
  readonly doubts: readonly Doubt[]
  readonly run: Run

  constructor(run: Run, doubts: readonly Doubt[]) {
    const open = doubts.filter(({ handling }) => handling === 'ask')
    const effects = open.reduce((sum, { items }) => sum + Math.max(1, items.length), 0)
    super('run-in-doubt', hostMessages.runInDoubt(run.id, effects))
    this.doubts = doubts
    this.run = run
  }
}

/**
 * Goes on with an interrupted run, or with one that has failed, from its journal. Rejects, before anything ran, with RunInDoubt
 * or HostError (`run-foreign`, `run-running`, `journal-ended`, `mail-account-missing`, `replay-mismatch`, and those of
 * openJournal; of a retry `run-unsettled`, `retry-needless`, `retry-nowhere`).
 */
export async function resumeRun(request: ResumeRequest): Promise<ResumedRun> {
  const { run: path, installation, accounts = [] } = request
  const disk = privateDisk(request.disk ?? systemDisk)
  const start = request.start ?? (await installation.startOf(path))
  if (!start) throw await refusalOfUnknown(request, disk)
  const mail = withPassword(start.mail, request.password)
  if (!request.cancel) refuseUnknownAccount(mail, accounts)
  const processFolder = await openProcessFolder(path, disk)
  let claim = await claimRun(path, { disk })
  try {
    const before = await readJournal(path, { disk })
    if (before.carrier >= claim.epoch) {
      // Claims were deleted by hand.
      await claim.release()
      claim = await claimRun(path, { disk, above: before.carrier })
    }
    await tidyProcessFolder(path, disk)
    return await goOn(request, before.events, { installation, processFolder, claim, root: start.root, mail, disk })
  } catch (error) {
    await claim.release()
    throw error instanceof StepFailure ? new HostError(error.code, error.message) : error
  }
}

/** Of a run that was started here and has settled nothing is kept any more; any other was started elsewhere. */
async function refusalOfUnknown({ run: path, retry }: ResumeRequest, disk: Disk): Promise<HostError> {
  const run = basename(path)
  // A power cut may have cost the summary.
  const settled = (await readSummary(path))?.settled ?? (await readJournal(path, { disk })).ended
  return settled && !retry
    ? new HostError('journal-ended', hostMessages.journalEnded(run))
    : new HostError('run-foreign', hostMessages.runForeign(run))
}

async function goOn(
  request: ResumeRequest,
  before: readonly RunEvent[],
  held: Pick<CarryOptions, 'installation' | 'processFolder' | 'claim' | 'root' | 'mail' | 'disk'>
): Promise<ResumedRun> {
  const { run: path, accounts = [], clock = systemClock } = request
  const { disk, claim } = held
  const retried = request.retry ? retryOf(before, path, clock) : undefined
  const inDoubt = request.cancel ? 'skip' : handlingOf(retried ? [...before, retried] : before, request, held.mail)
  const durability = durabilityOf(before)
  const trouble = runTrouble(path, disk)
  const limit = request.cancel ? Infinity : request.journalLimit
  const { journal, content } = await openJournal(path, {
    durability,
    disk,
    claim,
    onTrouble: trouble.ofJournal,
    retry: retried !== undefined,
    ...(limit !== undefined && { limit })
  })
  // From here on the journal alone says whether the run is settled.
  if (retried) await removeSummary(path, disk)
  const past = content.events
  request.onPast?.(past)
  const run = await carryRun({
    ...held,
    trouble,
    journal,
    past,
    accounts,
    clock,
    onEvent: (event) => request.onEvent?.(event),
    begin: async (options) => {
      // Whoever goes on with it now may do so after the next interruption, too.
      if (request.start) await held.installation.keepStart(path, request.start)
      const { cancel = false } = request
      return resumeFlow({ ...options, events: past, inDoubt, durability, cancel, ...(retried && { retried }) })
    }
  })
  return { ...run, past }
}

/** What the journal of a run that has failed tells next. Throws HostError `run-unsettled`, or StepFailure as retryEvent does. */
function retryOf(events: readonly RunEvent[], path: string, clock: Clock): RunRetried {
  if (isSettled(events)) return retryEvent(events, clock.now())
  throw new HostError('run-unsettled', hostMessages.retryUnsettled(basename(path)))
}

/**
 * What happens to what is in doubt: what the request says, else what the steps themselves do, and where they differ the
 * careful way. Throws RunInDoubt when neither says. About mails that go to the Outbox nobody is asked: one that is there is
 * not written again.
 */
function handlingOf(
  events: readonly RunEvent[],
  { inDoubt = 'ask', retry }: ResumeRequest,
  mail: string
): DoubtHandling {
  if (inDoubt !== 'ask') return inDoubt
  const run = events[0]?.event === 'RunStarted' ? foldRun(events) : undefined
  if (!run || run.settled) return 'retry'
  const doubts = doubtsOf(run)
  const asked = doubts.filter(({ handling }) => handling === 'ask')
  if (asked.some((doubt) => !isKeptMail(run, doubt, mail))) throw new RunInDoubt(run, doubts)
  if (asked.length > 0) return 'retry'
  // What was left out stays so, unless somebody says otherwise.
  if (retry) return 'skip'
  return doubts.some(({ handling }) => handling === 'skip') ? 'skip' : 'retry'
}

/** Whether what is in doubt are mails that the Outbox keeps. `mail`: the account of steps that name none. */
function isKeptMail(run: Run, { flow, step: id }: Doubt, mail: string): boolean {
  const called = run.flows[flow]
  const step = called && stepOf(called, id)
  if (step?.type !== 'send-email') return false
  const { Account: named } = step.settings
  const account = typeof named === 'string' && named !== '' ? named : mail
  return account.toLowerCase() === outboxName.toLowerCase()
}

/** How safe the flow, as it was when the run began, wants it to be. */
function durabilityOf([started]: readonly RunEvent[]): Durability {
  const flow = started?.event === 'RunStarted' ? started.flows[started.flow] : undefined
  return flow ? runningOf(flow).durability : usualRunning.durability
}
