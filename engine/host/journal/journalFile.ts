import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import type { Durability } from '../../model/index.ts'
import type { Journal, RunEvent } from '../../run/index.ts'
import { syncFolder, writeAll } from '../files/atomicWrite.ts'
import { diskTrouble } from '../disk/diskTrouble.ts'
import type { Disk, DiskFile } from '../disk/disk.ts'
import { HostError } from '../hostError.ts'
import { writeBlobs } from './blobs.ts'
import { type EncodedLines, type LineEncoder, lineEncoder } from './lineEncoder.ts'
import { KeptEvents } from './keptEvents.ts'
import { segmentFile } from './segments.ts'

/** How long an event waits for others before it is written, in milliseconds. */
const gathering = 20

/** After this time also that is safe which nobody waits for, in milliseconds. */
const lazyFlush = 1000

/** So many events are turned into lines at a time, and lines of so many bytes are written at a time. */
const [slice, chunk] = [256, 256 * 1024]

/** With more than this not yet written, whoever adds events should wait. */
const [mostEvents, mostBytes] = [50_000, 8_000_000]

/** How many buffers are kept to be written into again. */
const mostSpares = 4

/** Lines to be written with one call. */
interface Chunk extends EncodedLines {
  readonly events: number
  /** Whether the segment is full with them. */
  readonly last: boolean
}

export interface JournalFileOptions {
  readonly folder: string
  readonly disk: Disk
  readonly durability: Durability
  /** At this size a segment ends, in bytes. */
  readonly segmentSize: number
  /** At this size of all segments and blobs the run should not go on, in bytes. */
  readonly limit: number
  /** The open segment, its number, its size, that of all segments, and what stands in the journal so far. */
  readonly file: DiskFile
  readonly segment: number
  readonly size: number
  readonly total: number
  readonly events: number
  readonly digest: number
  /** What lets this process write; nobody else may unless given. */
  readonly claim?: JournalClaim
  readonly onTrouble?: JournalTrouble
}

/**
 * Is told why no more should be written than what has happened already. Where the disk is full, it makes room for that, and
 * resolves then.
 */
export type JournalTrouble = (error: unknown) => Promise<void>

/** The part of a claim that a journal stands on. */
export interface JournalClaim {
  readonly epoch: number
  /** Rejects when the run is not this process's any more. */
  check(): Promise<void>
}

/**
 * A journal as files to which lines are only ever added. Events are gathered and written together; one flush to the disk
 * serves all who wait for it. After a failed write nothing more is written, so that what follows a torn line cannot be
 * taken for sound; but where the disk was full and there is room for what has happened, the torn line is cut off and written
 * again.
 */
export class JournalFile implements Journal {
  readonly #options: JournalFileOptions
  readonly #lines: LineEncoder
  #file: DiskFile
  /** The segment that is open, and the size of the one that lines are being made for. */
  #segment: number
  #size: number
  /** How much of the open segment has been written. */
  #inFile: number
  /** How much of all segments, and of blobs since this process writes. */
  #total: number
  /** Whether that has been told to be too much. */
  #isFull = false
  /** At this many bytes of lines a chunk is made of them. */
  #limit: number
  /** Events that are not lines yet. */
  #events: RunEvent[] = []
  #chunks: Chunk[] = []
  #spares: Buffer[] = []
  /** What has been given and not been written. */
  #pendingEvents = 0
  #pendingBytes = 0
  /** How many events have been made chunks, and how many of them are in the file. */
  #sealed: number
  #written: number
  /** Whether anything was written since the last flush. */
  #unsynced = false
  /** Whether the open segment is full. */
  #segmentFull: boolean
  #pumping = false
  /** How many events the last flush made safe, to be told in the next line. */
  #untold: number | undefined
  /** How many events are safe. */
  #safe: number
  #lastSettled = false
  #timer: NodeJS.Timeout | undefined
  #lazyFlush: NodeJS.Timeout | undefined
  /** What is going on with the file; never rejects. */
  #work: Promise<void> = Promise.resolve()
  /** The flush that has not begun yet: it will take all events that are there when it does. */
  #nextFlush: Promise<void> | undefined
  #kept: KeptEvents | undefined
  #room: { readonly promise: Promise<void>; give(): void } | undefined
  #failure: HostError | undefined
  #closing: Promise<void> | undefined

  constructor(options: JournalFileOptions) {
    this.#options = options
    this.#file = options.file
    this.#segment = options.segment
    this.#size = options.size
    this.#inFile = options.size
    this.#total = options.total
    this.#lines = lineEncoder(options.events, options.digest, options.claim?.epoch)
    this.#written = options.events
    this.#safe = options.events
    this.#sealed = options.events
    this.#segmentFull = options.size >= options.segmentSize
    if (this.#segmentFull) this.#size = 0
    this.#limit = Math.min(chunk, options.segmentSize - this.#size)
  }

  /** Shows `show` every event that is added from now on, once it is kept: a reply when it is safe, all others when written. */
  onKept(show: (event: RunEvent) => void): void {
    this.#kept = new KeptEvents(show)
  }

  append(event: RunEvent): void {
    if (this.#closing) throw new HostError('journal-closed', hostMessages.journalClosed(this.#options.folder))
    if (this.#failure) return
    this.#events.push(event)
    this.#kept?.add(event)
    this.#pendingEvents++
    if (this.#events.length >= slice) this.#encode()
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      if (this.#nextFlush) return
      this.#enqueue(() => this.#acknowledge(false)).catch(() => undefined) // kept in #failure, told by durable()
    }, gathering)
  }

  durable(): Promise<void> {
    this.#nextFlush ??= this.#enqueue(async () => {
      this.#nextFlush = undefined
      await this.#acknowledge(this.#options.durability !== 'debug')
    })
    return this.#nextFlush
  }

  pressure(): Promise<void> | undefined {
    if (this.#failure || (this.#pendingEvents < mostEvents && this.#pendingBytes < mostBytes)) return undefined
    if (!this.#room) {
      let give = (): void => undefined
      const promise = new Promise<void>((resolve) => (give = resolve))
      this.#room = { promise, give }
      this.#enqueue(() => this.#write()).catch(() => undefined)
    }
    return this.#room.promise
  }

  close(): Promise<void> {
    this.#closing ??= this.#end().finally(async () => {
      clearTimeout(this.#timer)
      clearTimeout(this.#lazyFlush)
      await this.#file.close().catch(() => undefined)
    })
    return this.#closing
  }

  /** Writes all there is and, when the run is settled, the end record. */
  #end(): Promise<void> {
    return this.#enqueue(async () => {
      this.#encode()
      if (this.#lastSettled && !this.#failure) this.#lines.writeEnd(this.#safe)
      await this.#acknowledge(this.#options.durability !== 'debug')
    })
  }

  /**
   * Writes all there is. Whoever takes the run over claims it before the journal is read: what was written while the claim
   * held is found by the next carrier, and what was written later is not acknowledged.
   */
  async #acknowledge(flushed: boolean): Promise<void> {
    await this.#write()
    if (flushed) await this.#sync()
    else if (this.#unsynced)
      this.#lazyFlush ??= setTimeout(() => {
        this.#lazyFlush = undefined
        this.#enqueue(() => this.#sync()).catch(() => undefined) // as above
      }, lazyFlush)
    await this.#options.claim?.check()
    const { durability } = this.#options
    this.#kept?.keep({ written: this.#written, safe: durability === 'debug' ? this.#written : this.#safe })
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    const done = this.#work.then(async () => {
      if (this.#failure) throw this.#failure
      try {
        await task()
      } catch (error) {
        throw this.#fail(error)
      }
    })
    this.#work = done.catch(() => undefined)
    return done
  }

  /** Makes lines of the events that are there. */
  #encode(): void {
    const events = this.#events
    this.#events = []
    try {
      for (const event of events) {
        this.#lines.write(event, this.#untold)
        this.#untold = undefined
        this.#lastSettled = event.event === 'RunSettled'
        if (this.#lines.length >= this.#limit) this.#seal()
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Makes a chunk of the lines that are there, to be written as soon as the disk is free. */
  #seal(): void {
    if (this.#lines.length === 0) return
    const last = this.#size + this.#lines.length >= this.#options.segmentSize
    const lines = this.#lines.take(this.#spares.pop())
    this.#size = last ? 0 : this.#size + lines.length
    this.#limit = Math.min(chunk, this.#options.segmentSize - this.#size)
    this.#chunks.push({ ...lines, events: this.#lines.events - this.#sealed, last })
    this.#sealed = this.#lines.events
    this.#pendingBytes += weightOf(lines)
    this.#pump()
  }

  /** Writes what is ready. Flushes that somebody waits for come first when there is more by then. */
  #pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    this.#enqueue(() => this.#writeChunks())
      .catch(() => undefined)
      .finally(() => {
        this.#pumping = false
        if (this.#chunks.length > 0) this.#pump()
      })
  }

  async #write(): Promise<void> {
    this.#encode()
    if (this.#failure) throw this.#failure
    this.#seal()
    await this.#writeChunks()
  }

  /** Writes the chunks that are there now. */
  async #writeChunks(): Promise<void> {
    for (let left = this.#chunks.length; left > 0; left--) {
      const chunk = this.#chunks.shift()
      if (!chunk) return
      await this.#writeChunk(chunk).catch(async (error: unknown) => {
        const { onTrouble } = this.#options
        if (!diskTrouble(error)?.full || !onTrouble) throw error
        await onTrouble(error)
        await this.#file.truncate(this.#inFile)
        await this.#writeChunk(chunk)
      })
      const { bytes, events, last } = chunk
      this.#segmentFull = last
      this.#written += events
      this.#pendingEvents -= events
      this.#pendingBytes -= weightOf(chunk)
      this.#grow(weightOf(chunk))
      if (this.#spares.length < mostSpares) this.#spares.push(bytes)
      if (this.#pendingEvents < mostEvents && this.#pendingBytes < mostBytes) this.#giveRoom()
    }
  }

  /** A journal that is too long for whoever would have to read it is told once. What has happened is written all the same. */
  #grow(bytes: number): void {
    const { folder, limit, onTrouble } = this.#options
    this.#total += bytes
    if (this.#total <= limit || this.#isFull) return
    this.#isFull = true
    void onTrouble?.(new HostError('journal-full', hostMessages.journalFull(path.basename(folder), limit)))
  }

  async #writeChunk({ bytes, length, blobs }: Chunk): Promise<void> {
    if (blobs.length > 0) await writeBlobs(this.#options.folder, blobs, this.#options.disk)
    if (this.#segmentFull) await this.#nextSegment()
    this.#unsynced = true
    await writeAll(this.#file, bytes.subarray(0, length))
    this.#inFile += length
  }

  async #sync(): Promise<void> {
    if (!this.#unsynced) return
    await this.#file.datasync()
    this.#unsynced = false
    this.#safe = this.#untold = this.#written
  }

  /** The full segment is safe before the next one begins, so that only the last one can have a torn tail. */
  async #nextSegment(): Promise<void> {
    const { folder, disk } = this.#options
    await this.#sync()
    const next = await disk.open(segmentFile(folder, this.#segment + 1), 'ax')
    const full = this.#file
    this.#file = next
    this.#segment++
    this.#segmentFull = false
    this.#inFile = 0
    await full.close()
    await syncFolder(folder, disk)
  }

  #giveRoom(): void {
    this.#room?.give()
    this.#room = undefined
  }

  /** Nothing is written any more. */
  #fail(error: unknown): HostError {
    if (!this.#failure) void this.#options.onTrouble?.(error)
    this.#failure ??=
      error instanceof HostError
        ? error
        : new HostError(
            'journal-failed',
            hostMessages.journalFailed(segmentFile(this.#options.folder, this.#segment), error),
            error
          )
    this.#events = []
    this.#chunks = []
    this.#giveRoom()
    return this.#failure
  }
}

/** What a chunk takes of the memory. */
const weightOf = ({ length, blobs }: EncodedLines): number =>
  blobs.reduce((sum, { content }) => sum + content.length, length)
