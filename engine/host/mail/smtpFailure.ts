import type { NodemailerError } from 'nodemailer'
import { hostMessages } from '../../messages/host.ts'
import { StepFailure } from '../../model/index.ts'
import type { MailAccount } from './mailAccount.ts'

/** A server that breaks off more often than this without taking a mail in between is as good as gone. */
const mostBreaks = 20

/**
 * What nodemailer reports, as a failure of the step. `breaks` counts the failures since the server last took a mail,
 * this one included; Infinity when it never took any.
 */
export function smtpFailure(error: unknown, account: MailAccount, breaks: number): StepFailure {
  const { code = '', response = '', responseCode = 0, syscall, timeoutType, originalCode } = fields(error)
  const server = `${account.host}:${account.port}`
  const detail = { code: originalCode ?? code, response, server }
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2')
    return new StepFailure('mail-login-refused', hostMessages.loginRefused(server, account.name, response), detail)
  if (code === 'ETLS')
    return new StepFailure('mail-not-encrypted', hostMessages.notEncrypted(server, account.name), detail)
  if (responseCode >= 400 && responseCode !== 421) return new StepFailure('mail-refused', response, detail)
  if (code === 'EENVELOPE' || code === 'EMESSAGE')
    return new StepFailure('mail-refused', hostMessages.why(error), detail)
  const broke =
    syscall !== 'connect' && (timeoutType === 'SOCKET_TIMEOUT' || code === 'ECONNECTION' || code === 'ESOCKET')
  if (broke && responseCode === 0 && breaks <= mostBreaks)
    return new StepFailure('mail-in-doubt', hostMessages.mailInDoubt(server), detail)
  const why = response === '' ? hostMessages.why(plain(error, originalCode)) : response
  return new StepFailure('mail-server-unreachable', hostMessages.serverUnreachable(server, account.name, why), detail)
}

const fields = (error: unknown): Partial<NodemailerError> => (error instanceof Error ? error : {})

/** The error under the system's code, which says more than nodemailer's. */
const plain = (error: unknown, code: string | undefined): unknown =>
  error instanceof Error && code !== undefined ? Object.assign(new Error(error.message), { code }) : error
