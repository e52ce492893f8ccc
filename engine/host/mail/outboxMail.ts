import type { MailComposerOptions } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import { hostMessages } from '../../messages/host.ts'
import { type Mail, type MailReceipt, StepFailure } from '../../model/index.ts'
import type { Disk } from '../disk/disk.ts'
import { atomicCreate } from '../files/atomicWrite.ts'
import type { OnDiskTrouble } from '../disk/diskTrouble.ts'
import { digestOf, keyedFiles } from '../files/keyedFiles.ts'
import { safeName } from '../folder/safePath.ts'

/** Keeps mails as files instead of sending them. */
export interface OutboxMail {
  /**
   * Writes `0001 ann@example.com.eml`; the numbers follow the order in which mails come. A mail that survives a power cut
   * from then on, and that is not written again when it comes again.
   */
  send(mail: Mail, mime: MailComposerOptions): Promise<MailReceipt>
  /** Keeps no more. Resolves once what is under way has ended. */
  close(): Promise<void>
}

/** Mails that are in `folder` already keep their numbers. */
export function outboxMail(folder: string, disk: Disk, onTrouble?: OnDiskTrouble): OutboxMail {
  const mails = keyedFiles(folder, disk, onTrouble)
  let last: number | undefined
  return {
    close: () => mails.close(),
    async send(mail, mime) {
      const to = safeName(mail.to[0] ?? 'nobody', 'mail').slice(0, 80)
      const choose = (taken: ReadonlySet<string>): string => {
        last = 1 + (last ?? lastNumber(taken))
        return `${String(last).padStart(4, '0')} ${to}.eml`
      }
      try {
        const composed = new MailComposer(mime).compile()
        composed.keepBcc = true
        const bytes = await composed.build()
        await mails.make(`${mail.messageId} ${digestOf(JSON.stringify(mail))}`, choose, (file) =>
          atomicCreate(file, bytes, disk)
        )
      } catch (error) {
        throw new StepFailure('outbox-failed', hostMessages.outboxFailed(to, error))
      }
      return { messageId: mail.messageId, refused: [] }
    }
  }
}

function lastNumber(names: ReadonlySet<string>): number {
  let last = 0
  for (const name of names) last = Math.max(last, Number(/^(\d+) .*\.eml$/.exec(name)?.[1] ?? 0))
  return last
}
