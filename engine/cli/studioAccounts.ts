import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type MailAccount, userDataFolder } from '../host/index.ts'

/**
 * The mail accounts that were set up in the studio; none when it was never used. The studio keeps no passwords: where a
 * server wants one, it is taken from TAILRACE_MAIL_PASSWORD.
 */
export async function studioAccounts(env: NodeJS.ProcessEnv): Promise<MailAccount[]> {
  const file = path.join(userDataFolder(env), 'studio.json')
  try {
    const kept: unknown = JSON.parse(await readFile(file, 'utf8'))
    return accountsIn(kept).map((account) => ({
      ...account,
      ...(env.TAILRACE_MAIL_PASSWORD !== undefined && { password: env.TAILRACE_MAIL_PASSWORD })
    }))
  } catch {
    return []
  }
}

function accountsIn(kept: unknown): MailAccount[] {
  const settings = fieldOf(kept, 'settings')
  const accounts = fieldOf(settings, 'accounts')
  return Array.isArray(accounts) ? accounts.flatMap(accountOf) : []
}

function accountOf(kept: unknown): MailAccount[] {
  const [name, host, port, user] = ['name', 'host', 'port', 'user'].map((field) => fieldOf(kept, field))
  if (typeof name !== 'string' || typeof host !== 'string' || typeof port !== 'number') return []
  const secure = fieldOf(kept, 'secure') === true
  return [{ name, host, port, secure, ...(typeof user === 'string' && user !== '' && { user }) }]
}

const fieldOf = (record: unknown, field: string): unknown =>
  typeof record === 'object' && record !== null && Object.hasOwn(record, field)
    ? Object.getOwnPropertyDescriptor(record, field)?.value
    : undefined
