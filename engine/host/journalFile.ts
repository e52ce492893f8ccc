import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { hostMessages } from '../messages/host.ts'
import type { Journal, RunEvent } from '../run/index.ts'
import { syncFolder, writeAll } from './atomicWrite.ts'
import { HostError } from './hostError.ts'

/** How long an event waits for others before it is written, in milliseconds. */
const gathering = 20

/** One event as it stands in the file: the checksum of its JSON, and the JSON. */
export function journalLine(event: RunEvent): string {
  const json = JSON.stringify(event)
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`
}

/** Begins the journal of a run. Rejects when the file is there already. */
export async function createJournal(file: string): Promise<Journal> {
  const handle = await open(file, 'ax')
  await syncFolder(path.dirname(file))
  return new JournalFile(file, handle)
}

/**
 * A journal as a file to which lines are only ever added. Events are gathered and written together; one flush to the
 * disk serves all who wait for it. After a failed write nothing more is written, so that what follows a torn line
 * cannot be taken for sound.
 */
class JournalFile implements Journal {
  readonly #file: string
  readonly #handle: FileHandle
  #lines: string[] = []
  #timer: NodeJS.Timeout | undefined
  /** What is going on with the file; never rejects. */
  #work: Promise<void> = Promise.resolve()
  /** The flush that has not begun yet: it will take all lines that are there when it does. */
  #nextFlush: Promise<void> | undefined
  #failure: HostError | undefined
  #closing: Promise<void> | undefined

  constructor(file: string, handle: FileHandle) {
    this.#file = file
    this.#handle = handle
  }

  append(event: RunEvent): void {
    if (this.#closing) throw new HostError('journal-closed', hostMessages.journalClosed(path.basename(this.#file)))
    this.#lines.push(journalLine(event))
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#enqueue(() => this.#write()).catch(() => undefined) // kept in #failure, told by durable()
    }, gathering)
  }

  durable(): Promise<void> {
    this.#nextFlush ??= this.#enqueue(async () => {
      this.#nextFlush = undefined
      await this.#write()
      await this.#try(() => this.#handle.datasync())
    })
    return this.#nextFlush
  }

  close(): Promise<void> {
    this.#closing ??= this.durable().finally(async () => {
      clearTimeout(this.#timer)
      await this.#handle.close()
    })
    return this.#closing
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    const done = this.#work.then(task)
    this.#work = done.catch(() => undefined)
    return done
  }

  async #write(): Promise<void> {
    const lines = this.#lines
    this.#lines = []
    await this.#try(async () => {
      if (lines.length > 0) await writeAll(this.#handle, Buffer.from(lines.join('')))
    })
  }

  async #try(task: () => Promise<void>): Promise<void> {
    if (this.#failure) throw this.#failure
    try {
      await task()
    } catch (error) {
      this.#failure = new HostError('journal-failed', hostMessages.journalFailed(this.#file, hostMessages.why(error)))
      throw this.#failure
    }
  }
}
