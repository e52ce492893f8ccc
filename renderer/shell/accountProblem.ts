import type { MailAccount } from '../../electron/ipc/contract.ts'

/** What keeps a mail account from being used, as a sentence; undefined when nothing does. */
export function accountProblem(account: MailAccount, taken: readonly string[]): string | undefined {
  const name = account.name.trim()
  const host = account.host.trim()
  if (name === '') return 'Enter a name, by which steps choose the account.'
  if (name.toLowerCase() === 'outbox')
    return '“Outbox” is the built-in account that keeps mails here: choose another name.'
  if (taken.some((other) => other.toLowerCase() === name.toLowerCase()))
    return `There is an account named “${name}” already: choose another name.`
  if (host === '') return 'Enter the mail server, such as smtp.example.com.'
  if (/[\s/:@]/.test(host)) return `“${host}” is no server name: write it without protocol, user, port and path.`
  return undefined
}
