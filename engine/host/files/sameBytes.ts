import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { systemCode } from '../hostError.ts'

/** Whether there is a file and it holds exactly `bytes`. Rejects when it cannot be read. */
export async function holdsBytes(file: string, bytes: Uint8Array): Promise<boolean> {
  return (await sizeOf(file)) === bytes.length && (await readFile(file)).equals(bytes)
}

/** Whether there is a file and it holds the same bytes as `other`. Rejects when one cannot be read. */
export async function sameBytes(file: string, other: string): Promise<boolean> {
  const size = await sizeOf(file)
  if (size === undefined || size !== (await sizeOf(other))) return false
  return (await digestOf(file)) === (await digestOf(other))
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
