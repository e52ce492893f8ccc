import { basename } from 'node:path'
import { HostError } from '../../engine/host/index.ts'
import { Refusal } from './refusal.ts'
import { systemRefusal } from '../messages.ts'

/** What a file is called while it is being written: the name it will have is what people know. */
const draftName = /^\.(.+)\.[\da-f]+\.tmp$/

/** The refusal that an error stands for; undefined for a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof HostError) return new Refusal(error.code, error.message)
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  const name = 'path' in error && typeof error.path === 'string' ? basename(error.path).replace(draftName, '$1') : ''
  // Node says ENOENT when a folder cannot be made on a disk that can only be read.
  const making = error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'mkdir'
  const refusal = systemRefusal(making ? 'EROFS' : error.code, name)
  return refusal && new Refusal(refusal.code, refusal.message)
}
