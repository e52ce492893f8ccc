import type { Clock, FileReference, MailService } from '../../model/index.ts'
import { type OnDiskTrouble, orSuspended } from '../disk/diskTrouble.ts'
import type { Disk } from '../disk/disk.ts'
import { accountCalled, accountMeant, type MailAccount, outboxName, senderOf } from './mailAccount.ts'
import { attachmentReader, mimeMail } from './mimeMail.ts'
import { outboxMail } from './outboxMail.ts'
import { smtpMail, type SmtpMail } from './smtpMail.ts'

/** The mail of one run. */
export interface HostMail extends MailService {
  /** Lets go of all connections; mails under way are broken off. Resolves once those for the Outbox have ended. */
  close(): Promise<void>
}

export interface HostMailOptions {
  readonly accounts: readonly MailAccount[]
  /** The account of mails that name none: 'Outbox', an account's name, or `smtp://host:port`. */
  readonly usualAccount: string
  /** Where the Outbox keeps its mails. */
  readonly outbox: string
  readonly clock: Clock
  readonly disk: Disk
  readonly onTrouble?: OnDiskTrouble | undefined
  /** The absolute path of a document. */
  locate(document: FileReference | string): Promise<string>
}

/** Sends through the account that each mail names; connections are opened with the first mail and then kept. */
export function hostMail(options: HostMailOptions): HostMail {
  const { accounts, usualAccount, outbox, clock } = options
  const kept = outboxMail(outbox, options.disk, options.onTrouble)
  const servers = new Map<string, SmtpMail>()
  const attachmentsOf = attachmentReader(options.disk, (document) => options.locate(document))
  return {
    async send(mail, accountName, signal) {
      const account = accountName === '' ? accountMeant(usualAccount, accounts) : accountCalled(accountName, accounts)
      const attachments = await orSuspended(attachmentsOf(mail.attachments), options.onTrouble)
      if (account === outboxName) {
        const from = mail.from === '' ? 'outbox@tailrace.invalid' : mail.from
        return kept.send(mail, mimeMail(mail, from, attachments, clock))
      }
      const from = mail.from === '' ? senderOf(account) : mail.from
      const key = `${account.user ?? ''} at ${account.name}`
      const server = servers.get(key) ?? smtpMail(account)
      servers.set(key, server)
      return server.send(mail, mimeMail(mail, from, attachments, clock), signal)
    },
    close() {
      for (const server of servers.values()) server.close()
      servers.clear()
      return kept.close()
    }
  }
}
