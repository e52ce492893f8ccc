import { describe, expect, it } from 'vitest'
import { visible } from './visible.ts'

describe('a line for a terminal', () => {
  it('shows every control character as JSON writes it', () => {
    for (let code = 0; code < 0xa0; code++) {
      const character = String.fromCharCode(code)
      const shown = visible(`a${character}b`)
      expect(shown).toMatch(/^[\u0020-\u007e]+$/)
      if (code >= 0x20 && code < 0x7f) expect(shown).toBe(`a${character}b`)
    }
    expect(visible('\u001b[2Jgone\r\nSettled: completed\u009b1m')).toBe(
      '\\u001b[2Jgone\\r\\nSettled: completed\\u009b1m'
    )
  })

  it('shows what turns the direction of writing round, and leaves all letters', () => {
    expect(visible('\u202egpj.exe\u2066')).toBe('\\u202egpj.exe\\u2066')
    expect(visible('Grüße, 日本語, שלום, 😀')).toBe('Grüße, 日本語, שלום, 😀')
  })

  it('leaves JSON the same JSON', () => {
    const value = { text: 'a\u001b\u009b\u202e\u007f"\\\n' }
    expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value)
  })
})
