import { mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HostError } from '../../engine/host/index.ts'
import { Refusal } from './refusal.ts'
import { refusalOf } from './refusalOf.ts'

const thrown = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('It was to throw.')
}
const system = (code: string, path: string) => Object.assign(new Error(`${code}: open '${path}'`), { code, path })

describe('refusalOf', () => {
  it('keeps what was said on purpose', () => {
    const refusal = new Refusal('a', 'A.')
    expect(refusalOf(refusal)).toBe(refusal)
    expect(refusalOf(new HostError('flow-changed', 'It changed.'))).toMatchObject({
      code: 'flow-changed',
      message: 'It changed.'
    })
  })

  it('puts the errors of the system into words, without codes or absolute paths', () => {
    const real = refusalOf(thrown(() => readFileSync(join(tmpdir(), 'not-there', 'a.csv'))))
    expect(real).toMatchObject({ code: 'file-missing' })
    expect(real?.message).toContain('“a.csv”')
    expect(real?.message).not.toMatch(/ENOENT|not-there\//)
    expect(refusalOf(system('ENOSPC', '/home/ada/.a.flow.json.0123456789ab.tmp'))?.message).toContain('“a.flow.json”')
    for (const code of ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE', 'EIO'])
      expect(refusalOf(system(code, '/home/ada/x'))?.message).not.toMatch(/home|E[A-Z]{3,}/)
  })

  it('does not say that a folder is missing which only could not be made', () => {
    const error = thrown(() => mkdirSync(join(tmpdir(), 'not-there', 'x')))
    expect(refusalOf(error)).toMatchObject({ code: 'read-only' })
  })

  it('has no words for bugs', () => {
    for (const bug of [
      new TypeError('x'),
      system('ERR_INVALID_ARG_TYPE', ''),
      'text',
      undefined,
      null,
      { code: 'ENOENT' }
    ])
      expect(refusalOf(bug)).toBeUndefined()
  })
})
