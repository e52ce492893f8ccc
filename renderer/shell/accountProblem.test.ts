import { expect, test } from 'vitest'
import { accountProblem } from './accountProblem.ts'

const account = { name: 'Office', host: 'smtp.example.com', port: 587, secure: false, user: '' }

test('an account needs a name of its own and a server name', () => {
  expect(accountProblem(account, ['Home'])).toBeUndefined()
  expect(accountProblem({ ...account, name: ' ' }, [])).toMatch(/^Enter a name/)
  expect(accountProblem({ ...account, name: 'outbox' }, [])).toMatch(/^“Outbox” is the built-in account/)
  expect(accountProblem(account, ['OFFICE'])).toMatch(/^There is an account named “Office” already/)
  expect(accountProblem({ ...account, host: '' }, [])).toMatch(/^Enter the mail server/)
  expect(accountProblem({ ...account, host: 'smtp://smtp.example.com' }, [])).toMatch(/is no server name/)
})
