import { readFile, readlink } from 'node:fs/promises'
import os from 'node:os'
import { z } from 'zod'
import { systemCode } from '../hostError.ts'

/** A process, told so that others can find out whether it is still there. What is '' is not known. */
export interface Owner {
  readonly pid: number
  /** When it began, in the system's own measure: tells it from a later process with the same number. */
  readonly since: string
  /** The computer it runs on, and which start of that computer. */
  readonly host: string
  readonly boot: string
  /** Among which processes its number counts: in a container the same number is another process. */
  readonly namespace: string
  /** Tells its claims apart. */
  readonly id?: string
}

const shape = z.object({
  pid: z.int().positive(),
  since: z.string().default(''),
  host: z.string().default(''),
  boot: z.string().default(''),
  namespace: z.string().default(''),
  id: z.string().exactOptional()
})

/** The owner that a text tells of; undefined when it tells of none. */
export function readOwner(text: string): Owner | undefined {
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Whose claims these are, and which of the others can be proved to be gone. */
export interface Processes {
  /** This process. */
  self(): Promise<Owner>
  /** Whether it is certain that a process has ended. */
  hasEnded(owner: Owner): Promise<boolean>
}

/** The processes of this computer. */
export const systemProcesses: Processes = { self: () => (self ??= thisProcess()), hasEnded }

let self: Promise<Owner> | undefined

async function thisProcess(): Promise<Owner> {
  const [machine, boot, namespace, since] = await Promise.all([
    read('/etc/machine-id'),
    read('/proc/sys/kernel/random/boot_id'),
    readlink('/proc/self/ns/pid').catch(() => ''),
    startOf(process.pid)
  ])
  return { pid: process.pid, since: since ?? '', host: `${os.hostname()} ${machine}`.trim(), boot, namespace }
}

async function hasEnded(owner: Owner): Promise<boolean> {
  const here = await systemProcesses.self()
  if (differ(owner.host, here.host)) return false
  if (differ(owner.boot, here.boot)) return true
  if (differ(owner.namespace, here.namespace)) return false
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return systemCode(error) === 'ESRCH'
  }
  const since = await startOf(owner.pid)
  return since === undefined || differ(owner.since, since)
}

/** What is not known differs from nothing. */
const differ = (one: string, other: string): boolean => one !== '' && other !== '' && one !== other

/** When a process began; undefined when it has ended and only its parent has not heard of it, '' when it cannot be known. */
async function startOf(pid: number): Promise<string | undefined> {
  // What is mounted there may be about the processes of another namespace.
  if ((await readlink('/proc/self').catch(() => '')) !== String(process.pid)) return ''
  const status = await read(`/proc/${pid}/stat`)
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : (fields[19] ?? '')
}

const read = (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => ''
  )
