import { chmod, readdir, realpath, rm, stat } from 'node:fs/promises'
import { type Server, type Socket, connect, createServer } from 'node:net'
import path from 'node:path'
import type { Journal, RunHandle } from '../../run/index.ts'
import { systemCode } from '../hostError.ts'
import { systemProcesses } from '../runs/owner.ts'
import { controlAddress, makeControlFolder } from './controlAddress.ts'
import { type ControlReply, type ControlRequest, controlLine, longestLine, readRequest } from './controlProtocol.ts'
import { readLines } from './readLines.ts'

/** A run that others may steer. */
export interface SteeredRun {
  readonly handle: Pick<RunHandle, 'cancel' | 'signal' | 'settled'>
  /** What others have wanted is on disk before they hear that it is done. */
  readonly journal: Pick<Journal, 'durable'>
}

/** So long a connection may say nothing, in milliseconds. */
const patience = 10_000

/** More connections at once nobody needs. */
const mostConnections = 64

/** A socket that nobody answers is removed once it is older than this, in milliseconds. */
const freshFor = 60_000

const runs = new Map<string, SteeredRun>()
const servers = new Map<string, Promise<void>>()

/** Their sockets go with the process. */
const listening = new Set<Server>()

/**
 * Lets other processes of this person steer a run that this process carries. `home`: the folder of the sockets; `folder`: the
 * run's folder. Answers what ends it. All runs of a process share one socket, which is opened for the first of them; where it
 * cannot be opened, the run goes on without.
 */
export function offerControl(home: string, folder: string, run: SteeredRun): () => void {
  let place: string | undefined = folder
  void realpath(folder).then(
    (real) => {
      if (place === undefined) return
      place = real
      runs.set(real, run)
    },
    () => undefined
  )
  if (!servers.has(home))
    servers.set(
      home,
      open(home).catch(() => undefined)
    )
  return () => {
    if (place !== undefined && runs.get(place) === run) runs.delete(place)
    place = undefined
  }
}

async function open(home: string): Promise<void> {
  const address = controlAddress(home, await systemProcesses.self())
  await makeControlFolder(address)
  const server = createServer(serve)
  server.maxConnections = mostConnections
  // It keeps no process alive: the runs do.
  server.unref()
  await listen(server, address).catch(async (error: unknown) => {
    // Where a process cannot be told from an earlier one of the same number, that one may have left its socket.
    if (systemCode(error) !== 'EADDRINUSE' || !(await isDeaf(address))) throw error
    await rm(address, { force: true })
    await listen(server, address)
  })
  server.on('error', () => undefined)
  if (process.platform === 'win32') return
  await chmod(address, 0o600)
  if (listening.size === 0) process.once('exit', () => listening.forEach((one) => one.close()))
  listening.add(server)
  await sweep(path.dirname(address), path.basename(address))
}

const listen = (server: Server, address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => {
      server.off('error', reject)
      resolve()
    })
  })

function serve(socket: Socket): void {
  socket.setTimeout(patience, () => socket.destroy())
  socket.on('error', () => socket.destroy())
  readLines(socket, longestLine, (line) => {
    void answer(readRequest(line)).then((reply) => socket.writable && socket.write(controlLine(reply)))
  })
}

async function answer(request: ControlRequest | undefined): Promise<ControlReply> {
  if (!request) return { id: 0, ok: false, code: 'not-understood' }
  const { id } = request
  const run = runs.get(request.run)
  if (!run) return { id, ok: false, code: 'unknown-run' }
  if (request.command === 'cancel') run.handle.cancel(request.thread)
  else run.handle.signal(request.name, request.value)
  // What comes from outside is done between the moves of threads, which may be a moment later.
  await new Promise((resolve) => setImmediate(resolve))
  const kept = Promise.resolve(run.journal.durable?.()).then(
    () => true,
    () => false
  )
  const over = run.handle.settled.then(() => true)
  return (await Promise.race([kept, over])) ? { id, ok: true } : { id, ok: false, code: 'not-kept' }
}

/** Removes the sockets of processes that are gone: nobody listens there. */
async function sweep(folder: string, own: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name === own) continue
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => undefined)
    if (found?.isSocket() && Date.now() - found.mtimeMs > freshFor && (await isDeaf(file)))
      await rm(file, { force: true })
  }
}

const isDeaf = (file: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(file)
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('connect', () => socket.destroy())
    socket.on('error', (error) => resolve(systemCode(error) === 'ECONNREFUSED'))
    socket.on('close', () => resolve(false))
  })
