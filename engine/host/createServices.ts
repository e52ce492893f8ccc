import type { Clock, Services } from '../model/index.ts'
import { type Disk, systemDisk } from './disk/disk.ts'
import { fileDocuments } from './files/fileDocuments.ts'
import type { OnDiskTrouble } from './disk/diskTrouble.ts'
import { hostMail } from './mail/hostMail.ts'
import { type MailAccount, outboxName } from './mail/mailAccount.ts'
import type { ProcessFolder } from './runs/processFolder.ts'
import { scriptService } from './script/scriptService.ts'
import { systemClock } from './systemClock.ts'

/** The services of one run, and how to let go of what they hold. */
export interface HostServices extends Services {
  /** Resolves once nothing is written any more. */
  close(): Promise<void>
}

export interface ServiceOptions {
  /** The Designer Folder, absolute. */
  readonly folder: string
  readonly processFolder: Pick<ProcessFolder, 'path' | 'outbox'>
  readonly accounts?: readonly MailAccount[]
  /** The account of mails that name none; 'Outbox' unless given. */
  readonly mail?: string
  readonly clock?: Clock
  /** Where documents and kept mails are. */
  readonly disk?: Disk
  /** See keyedFiles. */
  readonly onTrouble?: OnDiskTrouble
  /** How long one script may take, in milliseconds; a second unless given. */
  readonly scriptDeadline?: number
}

/** What steps reach of this computer. */
export function createServices(options: ServiceOptions): HostServices {
  const { folder, processFolder, accounts = [], mail: usualAccount = outboxName } = options
  const { clock = systemClock, disk = systemDisk, onTrouble } = options
  const documents = fileDocuments(folder, processFolder.path, disk, onTrouble)
  const mail = hostMail({
    accounts,
    usualAccount,
    outbox: processFolder.outbox,
    clock,
    disk,
    onTrouble,
    locate: (document) => documents.locate(document)
  })
  const random = (): number => Math.random()
  const { scriptDeadline: deadline } = options
  const script = scriptService({ clock, random, ...(deadline !== undefined && { deadline }) })
  const close = async (): Promise<void> => {
    await Promise.all([documents.close(), mail.close()])
  }
  return { clock, random, documents, mail, script, close }
}
