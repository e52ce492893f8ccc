/** The services of this computer: files, mail, journals on disk, runs. Needs Node. */
export { atomicCreate, atomicWrite } from './files/atomicWrite.ts'
export { HostError, systemCode } from './hostError.ts'
export { isSafeName, isSafePath, pathInside, safeName } from './folder/safePath.ts'
export { type FileDocuments, fileDocuments } from './files/fileDocuments.ts'
export { decodeText } from './files/decodeText.ts'
export { type Installation, openInstallation, type RunStart, trustedRoot } from './installation/installation.ts'
export { userDataFolder } from './installation/userDataFolder.ts'
export { systemClock } from './systemClock.ts'
export { type DesignerFolder, designerFolder, type StoredFlow } from './folder/designerFolder.ts'
export { flowFileName, flowFileSuffix, nameOfFlowFile } from './folder/flowFileName.ts'
export type { ListedFlow, ListedFolder } from './folder/listFlows.ts'
export { flowRunsFolder, inProcessFolder, type ProcessFolder, processFolderName } from './runs/processFolder.ts'
export { createServices, type HostServices, type ServiceOptions } from './createServices.ts'
export { calledBy, collectFlows } from './folder/collectFlows.ts'
export { type MailAccount, outboxName } from './mail/mailAccount.ts'
export { type Disk, type DiskFile, systemDisk } from './disk/disk.ts'
export { privateDisk } from './disk/privateDisk.ts'
export { createJournal, type JournalOptions, type OpenJournal, openJournal } from './journal/createJournal.ts'
export { type JournalPages, openPages } from './journal/journalPages.ts'
export { journalLine } from './journal/journalLine.ts'
export { type JournalContent, type ReadOptions, readJournal } from './journal/readJournal.ts'
export { checkFlows, type FileProblem, FlowInvalid, readFlows, type RunRequest, startRun } from './runs/startRun.ts'
export type { StartedRun } from './runs/carryRun.ts'
export { type ResumedRun, type ResumeRequest, resumeRun, RunInDoubt } from './runs/resumeRun.ts'
export { type Claim, claimRun, isRunning } from './runs/claimRun.ts'
export {
  hasLargeJournal,
  type ListedRun,
  listRun,
  listRuns,
  type OpenedRun,
  readRun,
  runPlaces
} from './runs/runsList.ts'
export { readSummary, type RunSummary, summarize } from './runs/runSummary.ts'
export { type SummaryKeeper, summaryKeeper } from './runs/summaryKeeper.ts'
export { pruneRuns, type Retention } from './runs/pruneRuns.ts'
export { control } from './control/controlClient.ts'
export type { ControlCommand } from './control/controlProtocol.ts'
