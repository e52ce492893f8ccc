/** The services of this computer: files, mail, journals on disk, runs. Needs Node. */
export { atomicCreate, atomicWrite } from './atomicWrite.ts'
export { HostError, systemCode } from './hostError.ts'
export { isSafeName, isSafePath, pathInside, safeName } from './safePath.ts'
export { type FileDocuments, fileDocuments } from './fileDocuments.ts'
export { decodeText } from './decodeText.ts'
export { systemClock } from './systemClock.ts'
export { type DesignerFolder, designerFolder, type StoredFlow } from './designerFolder.ts'
export { flowFileName, flowFileSuffix, nameOfFlowFile } from './flowFileName.ts'
export type { ListedFlow, ListedFolder } from './listFlows.ts'
export { flowRunsFolder, inProcessFolder, type ProcessFolder, processFolderName, runIds } from './processFolder.ts'
export { createServices, type HostServices, type ServiceOptions } from './createServices.ts'
export { calledBy, collectFlows } from './collectFlows.ts'
export { type MailAccount, outboxName } from './mail/mailAccount.ts'
export { type Disk, type DiskFile, systemDisk } from './disk/disk.ts'
export { createJournal, type JournalOptions, type OpenJournal, openJournal } from './journal/createJournal.ts'
export { journalLine } from './journal/journalLine.ts'
export { type JournalContent, type ReadOptions, readJournal } from './journal/readJournal.ts'
export {
  checkFlows,
  type FileProblem,
  FlowInvalid,
  readFlows,
  type RunRequest,
  type StartedRun,
  startRun
} from './startRun.ts'
export { type Claim, claimRun, isRunning } from './claimRun.ts'
export { type ListedRun, listRun, listRuns, type OpenedRun, readRun } from './runsList.ts'
export { readSummary, type RunSummary, summarize } from './runSummary.ts'
export { type SummaryKeeper, summaryKeeper } from './summaryKeeper.ts'
export { pruneRuns, type Retention } from './pruneRuns.ts'
