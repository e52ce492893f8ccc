import { connect } from 'node:net'
import { realpath } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { hostMessages } from '../../messages/host.ts'
import { HostError } from '../hostError.ts'
import { systemProcesses } from '../runs/owner.ts'
import { carrierOf } from '../runs/claimRun.ts'
import { controlAddress } from './controlAddress.ts'
import {
  type ControlCommand,
  type ControlReply,
  type ControlRequest,
  controlLine,
  longestLine,
  readReply
} from './controlProtocol.ts'
import { readLines } from './readLines.ts'

/** How long a process may take to answer, and to open its socket after it has claimed the run, in milliseconds. */
const limits = { answer: 10_000, opening: 5000, between: 50 }

/**
 * Has the process that carries the run in `folder` do something with it, and resolves once that is in the journal. `home`: the
 * folder of the sockets. Rejects with HostError: `run-not-carried` when no process carries it, `run-not-reached` when its
 * process cannot be asked from here or does not answer, `run-not-kept` when its journal could not be written.
 */
export async function control(home: string, folder: string, command: ControlCommand): Promise<void> {
  const run = await realpath(folder)
  const giveUp = Date.now() + limits.opening
  for (;;) {
    const owner = await carrierOf(run)
    if (!owner) throw new HostError('run-not-carried', hostMessages.runNotCarried)
    const here = await systemProcesses.self()
    if (owner.host !== here.host || owner.namespace !== here.namespace)
      throw new HostError('run-not-reached', hostMessages.runNotReached(owner.pid, owner.host.split(' ')[0] ?? ''))
    const reply = await ask(controlAddress(home, owner), { ...command, id: 1, run })
    if (reply?.ok) return
    if (reply?.code === 'not-kept') throw new HostError('run-not-kept', hostMessages.runNotKept)
    // It may just have begun, and open its socket in a moment; or have ended, and another process carries the run.
    if (reply?.code === 'not-understood' || Date.now() > giveUp)
      throw new HostError('run-not-reached', hostMessages.runNotReached(owner.pid, ''))
    await pause(limits.between)
  }
}

/** Undefined when nobody answers. */
const ask = (address: string, request: ControlRequest): Promise<ControlReply | undefined> =>
  new Promise((resolve) => {
    const socket = connect(address)
    const end = (reply?: ControlReply): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(reply)
    }
    const timer = setTimeout(() => end(), limits.answer)
    socket.on('error', () => end())
    socket.on('close', () => end())
    readLines(socket, longestLine, (line) => end(readReply(line)))
    socket.write(controlLine(request))
  })
