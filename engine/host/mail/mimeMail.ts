import path from 'node:path'
import type { MailComposerOptions } from 'nodemailer'
import type { Disk } from '../disk/disk.ts'
import type { Clock, FileReference, Mail } from '../../model/index.ts'

/** A document that goes with a mail. */
export interface MailAttachment {
  readonly filename: string
  readonly content: Buffer
}

/**
 * `mail` in nodemailer's words, with `from` filled in. The attachments are there already, and nodemailer may open
 * neither files nor addresses: whatever stands in a mail is text.
 */
export function mimeMail(
  mail: Mail,
  from: string,
  attachments: readonly MailAttachment[],
  clock: Clock
): MailComposerOptions {
  return {
    from,
    to: mail.to.map(recipient),
    cc: mail.cc.map(recipient),
    bcc: mail.bcc.map(recipient),
    ...(mail.replyTo !== '' && { replyTo: mail.replyTo }),
    subject: mail.subject,
    ...(mail.text !== undefined && { text: mail.text }),
    ...(mail.html !== undefined && { html: mail.html }),
    attachments: attachments.map((attachment) => ({ ...attachment })),
    messageId: `<${mail.messageId}>`,
    date: new Date(clock.now()),
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true
  }
}

/** Reads attachments, each once however many mails it goes with. */
export function attachmentReader(
  disk: Disk,
  locate: (document: FileReference | string) => Promise<string>
): (documents: readonly (FileReference | string)[]) => Promise<MailAttachment[]> {
  const read = new Map<string, Promise<MailAttachment>>()
  return (documents) =>
    Promise.all(
      documents.map(async (document) => {
        const file = await locate(document)
        const attachment =
          read.get(file) ?? disk.readFile(file).then((content) => ({ filename: path.basename(file), content }))
        read.set(file, attachment)
        return attachment
      })
    )
}

/** A plain address as an object, so that nothing in it is read as syntax; one with a name before it as it is. */
const recipient = (address: string): string | { name: string; address: string } =>
  address.endsWith('>') ? address : { name: '', address }
