import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'

/** A real SMTP server on this computer that takes its time and keeps count. */
export interface MailServer {
  readonly port: number
  /** The recipient of each mail it has accepted, in order. */
  readonly accepted: readonly string[]
  /** How often somebody has connected to it. */
  connections(): number
  close(): Promise<void>
}

/** Starts one. `delay`: milliseconds it takes over each mail; `refuses`: the recipients it does not know. */
export async function startMailServer(
  options: { readonly delay?: number; readonly refuses?: readonly string[] } = {}
): Promise<MailServer> {
  const { delay = 5, refuses = [] } = options
  const accepted: string[] = []
  let connections = 0
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onConnect(_session, answer) {
      connections++
      answer()
    },
    onRcptTo({ address }, _session, answer) {
      if (refuses.includes(address)) answer(Object.assign(new Error('no such user here'), { responseCode: 550 }))
      else answer()
    },
    onData(stream, session, answer) {
      stream.resume()
      stream.on('end', () => {
        void wait(delay).then(() => {
          accepted.push(...session.envelope.rcptTo.map(({ address }) => address))
          answer()
        })
      })
    }
  })
  // Connections break when a process is killed.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    accepted,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
      })
  }
}
