/*
 * JSON as bytes. Each function writes at `at`, where there must be room, and answers where it ends. The bytes are those that
 * JSON.stringify would give; these functions are there because they are several times as fast for what is short.
 */

/** Texts up to this length may be short ones. */
export const shortText = 100

/** Writes bytes that are ready. */
export function putBytes(bytes: Uint8Array, at: number, ready: Uint8Array): number {
  for (let i = 0; i < ready.length; i++) bytes[at + i] = ready[i] ?? 0
  return at + ready.length
}

/** Writes a short text with its quotes; -1 when it is long, or holds anything that JSON or UTF-8 would write otherwise. */
export function putShortText(bytes: Uint8Array, at: number, text: string): number {
  if (text.length > shortText) return -1
  bytes[at++] = 0x22
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) return -1
    bytes[at++] = code
  }
  bytes[at++] = 0x22
  return at
}

export function putNumber(bytes: Buffer, at: number, number: number): number {
  if (number === (number | 0) && number >= 0) return putDigits(bytes, at, number)
  // Times have three decimals at most.
  const thousandths = Math.round(1000 * number)
  if (number >= 0.001 && thousandths < 2 ** 31 && thousandths / 1000 === number) {
    const whole = (thousandths / 1000) | 0
    return putDecimals(bytes, putDigits(bytes, at, whole), (thousandths - 1000 * whole) | 0)
  }
  return at + bytes.write(Number.isFinite(number) ? String(number) : 'null', at, 'latin1')
}

/** Writes a whole number from 0 up to 2³¹. */
function putDigits(bytes: Uint8Array, at: number, number: number): number {
  let end = at + 1
  for (let limit = 10; number >= limit && end < at + 10; limit *= 10) end++
  let left = number
  for (let place = end - 1; place >= at; place--) {
    const rest = (left / 10) | 0
    bytes[place] = 0x30 + left - 10 * rest
    left = rest
  }
  return end
}

/** Writes thousandths, above 0, behind a point and without the zeros at their end. */
function putDecimals(bytes: Uint8Array, at: number, thousandths: number): number {
  const hundredths = (thousandths / 10) | 0
  const tenths = (thousandths / 100) | 0
  bytes[at] = 0x2e
  bytes[at + 1] = 0x30 + tenths
  if (thousandths === 100 * tenths) return at + 2
  bytes[at + 2] = 0x30 + hundredths - 10 * tenths
  if (thousandths === 10 * hundredths) return at + 3
  bytes[at + 3] = 0x30 + thousandths - 10 * hundredths
  return at + 4
}

const hexDigits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

/** Writes 32 bits as eight hexadecimal digits. */
export function putHex(bytes: Uint8Array, at: number, bits: number): number {
  let left = bits
  for (let place = at + 7; place >= at; place--) {
    bytes[place] = hexDigits[left & 15] ?? 0
    left >>>= 4
  }
  return at + 8
}
