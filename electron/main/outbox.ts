import { type FileHandle, constants, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Address, Email } from 'postal-mime'
import PostalMime from 'postal-mime'
import type { MailContent, MailEntry } from '../ipc/contract.ts'
import { Refusal } from '../ipc/refusal.ts'
import { mailMissing } from '../messages.ts'

/** Enough of a mail to hold its head: long lists of recipients are cut. Bytes. */
const headSize = 16_384

/** How many mails are read at the same time. */
const lanes = 16

/** The mails in an outbox folder, oldest first by file name; none when there is no such folder. */
export async function listOutbox(folder: string): Promise<MailEntry[]> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.eml')).sort()
  const entries: (MailEntry | undefined)[] = []
  for (let from = 0; from < files.length; from += lanes)
    entries.push(...(await Promise.all(files.slice(from, from + lanes).map((file) => readEntry(folder, file)))))
  return entries.filter((entry) => entry !== undefined)
}

/** One mail in full. Throws a Refusal when it is not there. */
export async function readMail(folder: string, file: string): Promise<MailContent> {
  const source = await withMail(folder, file, (handle) => handle.readFile())
  if (!source) throw new Refusal('mail-missing', mailMissing(file))
  const mail = await PostalMime.parse(source)
  return {
    ...entryOf(file, mail),
    from: addresses(mail.from ? [mail.from] : []),
    cc: addresses(mail.cc),
    replyTo: addresses(mail.replyTo),
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      size: typeof content === 'string' ? content.length : content.byteLength
    })),
    source: source.toString('utf8')
  }
}

async function readEntry(folder: string, file: string): Promise<MailEntry | undefined> {
  const head = await withMail(folder, file, readHead)
  return head === undefined ? undefined : entryOf(file, await PostalMime.parse(head))
}

/** The head of a mail without its body, which may be long. */
async function readHead(handle: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(headSize), 0, headSize, 0)
  const text = buffer.toString('latin1', 0, bytesRead)
  const end = text.search(/\r?\n\r?\n/)
  return end < 0 ? text : `${text.slice(0, end)}\r\n\r\n`
}

/**
 * Reads from the file of a mail; undefined when there is none. An outbox may have come with a copied folder: what is a link
 * elsewhere, or no file at all, is no mail.
 */
async function withMail<T>(
  folder: string,
  file: string,
  read: (handle: FileHandle) => Promise<T>
): Promise<T | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  const handle = await open(join(folder, file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => undefined)
  if (!handle) return undefined
  try {
    return (await handle.stat()).isFile() ? await read(handle) : undefined
  } finally {
    await handle.close()
  }
}

const entryOf = (file: string, mail: Email): MailEntry => ({
  file,
  to: addresses(mail.to),
  subject: mail.subject ?? '',
  date: mail.date ?? ''
})

/** As people read them: `Ada <ada@example.com>, bob@example.com`. */
function addresses(list: readonly Address[] | undefined): string {
  return (list ?? [])
    .flatMap((entry) => entry.group ?? [entry])
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : address || name))
    .join(', ')
}
