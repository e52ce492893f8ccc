import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MailComposerOptions } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import { hostMessages } from '../../messages/host.ts'
import { type Mail, type MailReceipt, StepFailure } from '../../model/index.ts'
import { safeName } from '../folder/safePath.ts'

/** Keeps mails as files instead of sending them. */
export interface OutboxMail {
  /** Writes `0001 ann@example.com.eml`; the numbers follow the order in which mails come. */
  send(mail: Mail, mime: MailComposerOptions): Promise<MailReceipt>
}

/** `folder` exists. Mails that are there already keep their numbers. */
export function outboxMail(folder: string): OutboxMail {
  const last = lastNumber(folder)
  let sent = 0
  return {
    async send(mail, mime) {
      const place = ++sent
      const number = String((await last) + place).padStart(4, '0')
      const file = path.join(folder, `${number} ${safeName(mail.to[0] ?? 'nobody', 'mail').slice(0, 80)}.eml`)
      const draft = path.join(folder, `.${number}.tmp`)
      try {
        const composed = new MailComposer(mime).compile()
        composed.keepBcc = true
        await writeFile(draft, await composed.build(), { flag: 'wx' })
        await rename(draft, file)
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined)
        throw new StepFailure('outbox-failed', hostMessages.outboxFailed(path.basename(file), hostMessages.why(error)))
      }
      return { messageId: mail.messageId, refused: [] }
    }
  }
}

async function lastNumber(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map((name) => Number(/^(\d+) .*\.eml$/.exec(name)?.[1] ?? 0))
  return Math.max(0, ...numbers)
}
