import { describe, expect, it } from 'vitest'
import { addressKey, readAddress } from './emailAddress.ts'

const reasonOf = (text: string): string => {
  const read = readAddress(text)
  return 'reason' in read ? read.reason : `taken as ${read.address}`
}

describe('readAddress', () => {
  it('takes ordinary addresses, plus signs and dots included', () => {
    for (const address of [
      'a@b.co',
      'ann.lee+news@mail.example.com',
      "o'hara_9@ex-ample.com",
      '!#$%&*=?^`{|}~-/@example.com'
    ])
      expect(readAddress(address)).toEqual({ address, name: '' })
  })

  it('takes letters beyond ASCII on both sides', () => {
    expect(readAddress('jörg@münchen.example')).toEqual({ address: 'jörg@münchen.example', name: '' })
  })

  it('drops space around and reads the name before angle brackets', () => {
    expect(readAddress('  ann@example.com\t')).toEqual({ address: 'ann@example.com', name: '' })
    expect(readAddress('"Lee, Ann" <ann@example.com>')).toEqual({ address: 'ann@example.com', name: 'Lee, Ann' })
  })

  it('says what is wrong', () => {
    expect(reasonOf('')).toBe('There is no address.')
    expect(reasonOf('ann')).toBe('It has no @.')
    expect(reasonOf('ann@')).toBe('Nothing stands after the @.')
    expect(reasonOf('@example.com')).toBe('Nothing stands before the @.')
    expect(reasonOf('ann@one@example.com')).toBe('It has more than one @.')
    expect(reasonOf('ann lee@example.com')).toBe('It holds a space.')
    expect(reasonOf('ann@example')).toBe('The domain “example” has no dot.')
    expect(reasonOf('ann..lee@example.com')).toMatch(/dot/)
    expect(reasonOf('.ann@example.com')).toMatch(/dot/)
    expect(reasonOf('ann(x)@example.com')).toContain('“(”')
    expect(reasonOf('"ann"@example.com')).toContain('“"”')
  })

  it('refuses domains that cannot be', () => {
    for (const domain of [
      '-a.com',
      'a-.com',
      'a..com',
      'a.com.',
      'exa_mple.com',
      '[127.0.0.1]',
      '127.0.0.1',
      `${'a'.repeat(64)}.com`
    ])
      expect(reasonOf(`ann@${domain}`)).toBe(`“${domain}” is no valid domain.`)
  })

  it('never takes what would break a header', () => {
    for (const text of ['ann@example.com\r\nBcc: eve@example.com', 'ann\n@example.com', 'ann@exa\0mple.com'])
      expect(reasonOf(text)).toBe('It holds a line break or another control character.')
  })

  it('keeps to the lengths of RFC 5321, counted in octets', () => {
    expect(reasonOf(`${'a'.repeat(64)}@example.com`)).toMatch(/^taken/)
    expect(reasonOf(`${'a'.repeat(65)}@example.com`)).toMatch(/64/)
    expect(reasonOf(`${'ä'.repeat(33)}@example.com`)).toMatch(/64/)
    const label = 'a'.repeat(60)
    expect(reasonOf(`ann@${[label, label, label, label].join('.')}.example`)).toBe('It is longer than 254 characters.')
  })
})

describe('addressKey', () => {
  it('tells upper from lower case before the @ only', () => {
    expect(addressKey('Ann@Example.COM')).toBe('Ann@example.com')
  })
})
