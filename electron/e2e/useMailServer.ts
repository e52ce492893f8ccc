import type { Page } from 'playwright-core'

/** Adds a mail server on this computer as an account, and makes it the usual one, in the Settings. */
export async function useMailServer(page: Page, port: number, name = 'Test server'): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('button', { name: 'Add account' }).click()
  const account = dialog.getByRole('group', { name: 'New account' })
  await account.getByLabel('Name').fill(name)
  await account.getByLabel('SMTP server').fill('127.0.0.1')
  await account.getByLabel('Port').fill(String(port))
  await account.getByRole('button', { name: 'Add account' }).click()
  await dialog.getByLabel('Mail account').selectOption(name)
  await dialog.getByRole('button', { name: 'Done' }).click()
}
