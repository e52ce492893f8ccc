import { createTransport, type MailComposerOptions } from 'nodemailer'
import { type CancelSignal, Cancelled, type Mail, type MailReceipt } from '../../model/index.ts'
import { isLoopback, type MailAccount } from './mailAccount.ts'
import { smtpFailure } from './smtpFailure.ts'

/** Sends mails to one SMTP server, over connections that stay open until `close`. */
export interface SmtpMail {
  send(mail: Mail, mime: MailComposerOptions, signal: CancelSignal): Promise<MailReceipt>
  close(): void
}

/** How long the server may take, in milliseconds: to be reached, to greet, and to answer. */
const patience = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 120_000 }

export function smtpMail(account: MailAccount): SmtpMail {
  const { host, port, secure, user = '', password = '', plain = false } = account
  const pool = createTransport({
    pool: true,
    host,
    port,
    secure,
    ...(user !== '' && { auth: { user, pass: password } }),
    // Whoever listens on the way would have the password, and can also hide that the server offers encryption.
    requireTLS: user !== '' && !secure && !plain,
    // A name and password only go to the server that is meant. Mere encryption is better than none, whoever it is.
    tls: { rejectUnauthorized: !isLoopback(host) && (secure || user !== '') },
    ...patience,
    maxConnections: 20,
    maxMessages: Infinity,
    // Never a mail twice: whether one was taken when the connection broke, only its recipient knows.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true
  })
  let breaks = Infinity
  return {
    async send(mail, mime, signal) {
      if (signal.cancelled) throw new Cancelled()
      const stop = new AbortController()
      const forget = signal.onCancel(() => stop.abort())
      try {
        const info = await pool.sendMail({ ...mime, signal: stop.signal })
        breaks = 0
        return {
          messageId: mail.messageId,
          refused: (info.rejectedErrors ?? []).map(({ recipient = '', response, message }) => ({
            address: recipient,
            reason: response ?? message
          }))
        }
      } catch (error) {
        if (stop.signal.aborted) throw new Cancelled()
        const failure = smtpFailure(error, account, breaks + 1)
        breaks = failure.code === 'mail-refused' ? 0 : breaks + 1
        throw failure
      } finally {
        forget()
      }
    },
    close: () => pool.close({ force: true })
  }
}
