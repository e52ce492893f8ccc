import { hostMessages } from '../../messages/host.ts'
import { HostError, systemCode } from '../hostError.ts'

/** What keeps a run from going on where it is carried: nothing of the flow is to blame, and it can pass. */
export interface DiskTrouble {
  /** Whether it is space that is missing. */
  readonly full: boolean
  /** What the system said. */
  readonly cause: unknown
  /** Why, and what to do: two sentences. */
  readonly message: string
}

/** Is told what keeps a step from its files, though it has done nothing wrong. */
export type OnDiskTrouble = (trouble: DiskTrouble) => void

const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT'])
const others: ReadonlySet<string> = new Set(['EIO', 'EMFILE', 'ENFILE', 'EROFS'])

/** Tells what an error says of the disk; undefined when it has another cause. */
export function diskTrouble(error: unknown): DiskTrouble | undefined {
  const { cause = error } = error instanceof HostError ? error : {}
  const code = systemCode(cause)
  if (!full.has(code) && !others.has(code)) return undefined
  return { full: full.has(code), cause, message: hostMessages.diskTrouble(cause) }
}

/** Hands on what `task` comes to. Where the disk is to blame and there is `onTrouble`, it never ends: the run is to be suspended. */
export async function orSuspended<T>(task: Promise<T>, onTrouble: OnDiskTrouble | undefined): Promise<T> {
  try {
    return await task
  } catch (error) {
    const trouble = onTrouble && diskTrouble(error)
    if (!trouble) throw error
    onTrouble(trouble)
    return new Promise<never>(() => undefined)
  }
}
