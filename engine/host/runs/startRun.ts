import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { type Problem, checkFlow } from '../../check/index.ts'
import { type Clock, type Flow, type FlowDocument, type ValueRecord, runningOf } from '../../model/index.ts'
import { type RunEvent, type RunFlows, flowInputs, siblingPath, startFlow } from '../../run/index.ts'
import { builtInSteps } from '../../steps/index.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { diskTrouble } from '../disk/diskTrouble.ts'
import { privateDisk } from '../disk/privateDisk.ts'
import { carryRun, type StartedRun } from './carryRun.ts'
import { claimRun } from './claimRun.ts'
import { collectFlows } from '../folder/collectFlows.ts'
import type { DesignerFolder } from '../folder/designerFolder.ts'
import { pathInside } from '../folder/safePath.ts'
import type { Installation } from '../installation/installation.ts'
import { HostError } from '../hostError.ts'
import { createJournal } from '../journal/createJournal.ts'
import { type MailAccount, outboxName, refuseUnknownAccount } from '../mail/mailAccount.ts'
import { createProcessFolder, flowRunsFolder, processFolderName } from './processFolder.ts'
import { runTrouble } from './runTrouble.ts'
import { systemClock } from '../systemClock.ts'
import { turnstile } from './turnstile.ts'

/** A flow to be run on this computer. */
export interface RunRequest {
  readonly folder: DesignerFolder
  /** Keeps that the run was started here: only then it can be resumed. */
  readonly installation: Installation
  /** The flow's file, relative to the Designer Folder. */
  readonly path: string
  /** The flow as it is on the screen; read from its file when absent. */
  readonly document?: FlowDocument
  readonly inputs?: ValueRecord
  /** The account of mails that name none: 'Outbox' (unless given), an account's name, or `smtp://host:port`. */
  readonly mail?: string
  readonly accounts?: readonly MailAccount[]
  /** Where the run's folder goes, absolute; the Process Folder in the Designer Folder unless given. */
  readonly runs?: string
  readonly clock?: Clock
  /** Where the run is kept. */
  readonly disk?: Disk
  /** At this size of its journal the run is suspended, in bytes: see journalLimit. */
  readonly journalLimit?: number
  /** Sees every event once the journal keeps it. The first ones come before `startRun` resolves. */
  onEvent?(event: RunEvent): void
}

/** A problem of a flow, with the file that it is in. */
export interface FileProblem {
  readonly path: string
  readonly flow: Flow
  readonly problem: Problem
}

/** Nothing ran, because flows have errors. */
export class FlowInvalid extends HostError {
  /** All that is wrong, warnings too. */
  readonly problems: readonly FileProblem[]

  constructor(flow: string, problems: readonly FileProblem[]) {
    const errors = problems.filter(({ problem }) => problem.severity === 'error')
    super('flow-invalid', hostMessages.flowInvalid(flow, errors.length, errors[0]?.problem.message ?? ''))
    this.problems = problems
  }
}

/**
 * Starts a run: reads the flow with its sub-flows, checks them, makes the process folder with the journal, and begins.
 * Rejects, before anything ran, with FlowInvalid or HostError (`flow-inputs`, `mail-account-missing`, and those of
 * DesignerFolder).
 */
export const startRun = (request: RunRequest): Promise<StartedRun> => inTurn(() => start(request))

/** How many runs begin at the same time: each replies soon after it began, however many wait behind it. */
const inTurn = turnstile(8)

async function start(request: RunRequest): Promise<StartedRun> {
  const { folder, installation, inputs = {}, mail = outboxName, accounts = [] } = request
  const { clock = systemClock } = request
  const disk = privateDisk(request.disk ?? systemDisk)
  const document = request.document ?? (await folder.read(request.path)).document
  const { flow } = document
  const flows = await readFlows(folder, request.path, document)
  const problems = checkFlows(flows, request.path, document)
  if (problems.some(({ problem }) => problem.severity === 'error')) throw new FlowInvalid(flow.name, problems)
  const given = flowInputs(flow, request.path, inputs)
  if (!given.ok) throw new HostError('flow-inputs', given.problems.map(({ message }) => message).join('\n'))
  refuseUnknownAccount(mail, accounts)

  const notStarted = (error: unknown): never => {
    const trouble = diskTrouble(error)
    if (!trouble) throw error
    throw new HostError('disk-trouble', hostMessages.runNotStarted(flow.name, trouble.cause), trouble.cause)
  }
  const base = request.runs ?? (await ownRuns(folder.root, flow.name, disk).catch(notStarted))
  const processFolder = await createProcessFolder(base, flow.name, clock.now(), disk).catch(notStarted)
  const claim = await claimRun(processFolder.path, { disk }).catch(notStarted)
  const { recording, durability } = runningOf(flow)
  const trouble = runTrouble(processFolder.path, disk)
  try {
    await installation.keepStart(processFolder.path, { mail, root: folder.root })
    const journal = await createJournal(processFolder.path, {
      durability,
      disk,
      claim,
      onTrouble: trouble.ofJournal,
      ...(request.journalLimit !== undefined && { limit: request.journalLimit })
    })
    return await carryRun({
      root: folder.root,
      installation,
      processFolder,
      claim,
      trouble,
      journal,
      mail,
      accounts,
      clock,
      disk,
      onEvent: (event) => request.onEvent?.(event),
      begin: async (options) => {
        const { run } = processFolder
        const started = startFlow({ ...options, run, flow: request.path, flows, inputs, recording, durability })
        // A run that somebody has been told of can be resumed.
        await journal.durable().catch(async (error: unknown) => {
          await started.suspend()
          throw error
        })
        return started
      }
    })
  } catch (error) {
    await claim.release()
    return notStarted(error)
  }
}

/** The Process Folder of a Designer Folder. Rejects when what a run writes there would come to lie somewhere else. */
async function ownRuns(root: string, flow: string, disk: Disk): Promise<string> {
  if ((await pathInside(root, flowRunsFolder(processFolderName, flow), disk)) === undefined)
    throw new HostError('path-outside', hostMessages.runsOutside(processFolderName))
  return path.join(root, processFolderName)
}

/** The flow at `path` of the folder with all flows it may call. Rejects with HostError when one of them cannot be read. */
export function readFlows(folder: DesignerFolder, path: string, { flow }: FlowDocument): Promise<RunFlows> {
  return collectFlows(path, flow, builtInSteps, async (child) => {
    try {
      return (await folder.read(child)).document.flow
    } catch (error) {
      // A missing flow is for the checker to tell, who knows the step that calls it.
      if (error instanceof HostError && (error.code === 'flow-missing' || error.code === 'path-outside'))
        return undefined
      throw error
    }
  })
}

/** The problems of all flows of a run, those of the called flow first. */
export function checkFlows(flows: RunFlows, path: string, document: FlowDocument): FileProblem[] {
  return Object.entries(flows).flatMap(([at, flow]) =>
    checkFlow(at === path ? document : { flow, layout: {} }, builtInSteps, {
      flowAt: (child) => flows[siblingPath(at, child)]
    }).map((problem) => ({ path: at, flow, problem }))
  )
}
