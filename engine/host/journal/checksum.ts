/** How many bytes are taken at a time. */
const stride = 8

/** `tables[k]` is what a byte does to the checksum when `k` more bytes follow it. */
const tables: readonly Int32Array[] = Array.from({ length: stride }, () => new Int32Array(256))
const table = (k: number): Int32Array => tables[k] ?? new Int32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let sum = byte
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1
  table(0)[byte] = sum
}
for (let k = 1; k < stride; k++)
  for (let byte = 0; byte < 256; byte++) {
    const sum = table(k - 1)[byte] ?? 0
    table(k)[byte] = at(table(0), sum) ^ (sum >>> 8)
  }
const [t0, t1, t2, t3] = [table(0), table(1), table(2), table(3)]
const [t4, t5, t6, t7] = [table(4), table(5), table(6), table(7)]

/**
 * The CRC-32 of the bytes from `start` to before `end`, as zlib has it. Works on the buffer as it lies: for the short lines of
 * a journal the call of zlib costs more than the sum.
 */
export function checksum(bytes: Uint8Array, start: number, end: number): number {
  let sum = -1
  let i = start
  for (; i + stride <= end; i += stride)
    sum =
      at(t7, sum ^ byteAt(bytes, i)) ^
      at(t6, (sum >>> 8) ^ byteAt(bytes, i + 1)) ^
      at(t5, (sum >>> 16) ^ byteAt(bytes, i + 2)) ^
      at(t4, (sum >>> 24) ^ byteAt(bytes, i + 3)) ^
      at(t3, byteAt(bytes, i + 4)) ^
      at(t2, byteAt(bytes, i + 5)) ^
      at(t1, byteAt(bytes, i + 6)) ^
      at(t0, byteAt(bytes, i + 7))
  for (; i < end; i++) sum = at(t0, sum ^ byteAt(bytes, i)) ^ (sum >>> 8)
  return ~sum >>> 0
}

/** A sum over the sums of all lines, in order: `digest` is that of the lines before. Begins with 0. */
export function digestWith(digest: number, sum: number): number {
  const mixed = digest ^ sum
  return (at(t3, mixed) ^ at(t2, mixed >>> 8) ^ at(t1, mixed >>> 16) ^ at(t0, mixed >>> 24) ^ 0x5bd1e995) >>> 0
}

function at(values: Int32Array, sum: number): number {
  return values[sum & 255] ?? 0
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0
}
