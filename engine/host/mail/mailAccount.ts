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
  /** The sender of mails that name none. */
  readonly from?: string
}

/** The account that needs no server: mails are kept as files in the run's process folder. */
export const outboxName = 'Outbox'

/**
 * The account called `name`: one of `accounts`, an address such as `smtp://127.0.0.1:2525`, or 'Outbox'. Throws
 * StepFailure `mail-account-missing`.
 */
export function findAccount(name: string, accounts: readonly MailAccount[]): MailAccount | typeof outboxName {
  if (name.toLowerCase() === outboxName.toLowerCase()) return outboxName
  const found = accounts.find((account) => account.name === name)
  if (found) return found
  if (/^smtps?:\/\//i.test(name)) return accountAt(name)
  const names = [outboxName, ...accounts.map((account) => account.name)]
  throw new StepFailure('mail-account-missing', hostMessages.accountMissing(name, names))
}

/** Throws HostError `mail-account-missing` when there is no account called `name`: see findAccount. */
export function refuseUnknownAccount(name: string, accounts: readonly MailAccount[]): void {
  try {
    findAccount(name, accounts)
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
    ...(url.username !== '' && { user: decodeURIComponent(url.username) }),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) })
  }
}
