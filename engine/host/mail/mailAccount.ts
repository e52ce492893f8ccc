import { hostMessages } from '../../messages/host.ts'
import { StepFailure } from '../../model/index.ts'
import { HostError } from '../hostError.ts'

/** An SMTP server and how to use it. */
export interface MailAccount {
  readonly name: string
  readonly host: string
  readonly port: number
  /** TLS from the first byte; else it is switched on when the server offers it. */
  readonly secure: boolean
  readonly user?: string
  readonly password?: string
  /** The name and password may go over a connection without encryption; else it is required as soon as there is a name. */
  readonly plain?: boolean
  /** The sender of mails that name none. */
  readonly from?: string
}

/** The account that needs no server: mails are kept as files in the run's process folder. */
export const outboxName = 'Outbox'

/** The account called `name`: one of `accounts`, or 'Outbox'. Throws StepFailure `mail-account-missing`. */
export function accountCalled(name: string, accounts: readonly MailAccount[]): MailAccount | typeof outboxName {
  if (name.toLowerCase() === outboxName.toLowerCase()) return outboxName
  const found = accounts.find((account) => account.name === name)
  if (found) return found
  const names = [outboxName, ...accounts.map((account) => account.name)]
  throw new StepFailure('mail-account-missing', hostMessages.accountMissing(name, names))
}

/**
 * The account that a person means: one called `name`, or the server at an address such as `smtp://127.0.0.1:2525`. Flows may
 * only name accounts, since their files may come from anybody. Throws StepFailure `mail-account-missing`.
 */
export function accountMeant(name: string, accounts: readonly MailAccount[]): MailAccount | typeof outboxName {
  const isAddress = /^smtps?:\/\//i.test(name) && !accounts.some((account) => account.name === name)
  return isAddress ? accountAt(name) : accountCalled(name, accounts)
}

/** Throws HostError `mail-account-missing` when a person can mean no account by `name`: see accountMeant. */
export function refuseUnknownAccount(name: string, accounts: readonly MailAccount[]): void {
  try {
    accountMeant(name, accounts)
  } catch (error) {
    throw error instanceof StepFailure ? new HostError(error.code, error.message) : error
  }
}

/** The sender of mails that name none. Throws StepFailure `mail-sender-missing` when the account has no address. */
export function senderOf(account: MailAccount): string {
  if (account.from !== undefined && account.from !== '') return account.from
  if (account.user?.includes('@')) return account.user
  if (isLoopback(account.host)) return 'tailrace@localhost'
  throw new StepFailure('mail-sender-missing', hostMessages.senderMissing(account.name))
}

/** Whether the server runs on this very computer. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host)

function accountAt(address: string): MailAccount {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || url.hostname === '') throw new StepFailure('mail-account-missing', hostMessages.accountAddress(address))
  const secure = url.protocol.toLowerCase() === 'smtps:'
  return {
    name: `${url.protocol}//${url.host}`,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 25) : Number(url.port),
    secure,
    ...(url.searchParams.get('encryption') === 'none' && { plain: true }),
    ...(url.username !== '' && { user: decodeURIComponent(url.username) }),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) })
  }
}

/** The address of a mail server with this password, if it names a user and no password; any other account as it is. */
export function withPassword(mail: string, password: string | undefined): string {
  const url = addressOf(mail)
  if (!url || url.username === '' || url.password !== '' || password === undefined) return mail
  url.password = password
  return url.href
}

/** The address of a mail server without its password; any other account as it is. */
export function withoutPassword(mail: string): string {
  const url = addressOf(mail)
  if (!url || url.password === '') return mail
  url.password = ''
  return url.href
}

const addressOf = (mail: string): URL | undefined =>
  /^smtps?:\/\//i.test(mail) && URL.canParse(mail) ? new URL(mail) : undefined
