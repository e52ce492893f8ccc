import path from 'node:path'
import type { Clock, Services } from '../model/index.ts'
import { fileDocuments } from './fileDocuments.ts'
import { hostMail } from './mail/hostMail.ts'
import { type MailAccount, outboxName } from './mail/mailAccount.ts'
import type { ProcessFolder } from './processFolder.ts'
import { systemClock } from './systemClock.ts'

/** The services of one run, and how to let go of what they hold. */
export interface HostServices extends Services {
  close(): void
}

export interface ServiceOptions {
  /** The Designer Folder, absolute. */
  readonly folder: string
  /** The flow's file, relative to it. */
  readonly flow: string
  readonly processFolder: Pick<ProcessFolder, 'path' | 'outbox'>
  readonly accounts?: readonly MailAccount[]
  /** The account of mails that name none; 'Outbox' unless given. */
  readonly mail?: string
  readonly clock?: Clock
}

/** What steps reach of this computer. */
export function createServices(options: ServiceOptions): HostServices {
  const { folder, flow, processFolder, accounts = [], mail: usualAccount = outboxName, clock = systemClock } = options
  const documents = fileDocuments(folder, path.join(folder, path.dirname(flow)), processFolder.path)
  const mail = hostMail({
    accounts,
    usualAccount,
    outbox: processFolder.outbox,
    clock,
    locate: (document) => documents.locate(document)
  })
  return { clock, random: () => Math.random(), documents, mail, close: () => mail.close() }
}
