import { expect, test } from 'vitest'
import { withoutPassword, withPassword } from './mailAccount.ts'

test('an address is kept without its password, and takes one again', () => {
  const kept = withoutPassword('smtp://me:top%20secret@127.0.0.1:2525')
  expect(kept).toBe('smtp://me@127.0.0.1:2525')
  expect(withPassword(kept, 'top secret')).toBe('smtp://me:top%20secret@127.0.0.1:2525')
  expect(withPassword(kept, undefined)).toBe(kept)
})

test('accounts without an address stay as they are', () => {
  for (const mail of ['Outbox', 'My server', 'smtp://127.0.0.1:2525']) {
    expect(withoutPassword(mail)).toBe(mail)
    expect(withPassword(mail, 'top secret')).toBe(mail)
  }
})
