import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { MailAccount } from './mailAccount.ts'

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly to: readonly string[]
  readonly source: string
}

/** A real SMTP server for the test that is running. */
export interface TestMailServer {
  readonly account: MailAccount
  readonly received: readonly ReceivedMail[]
  /** How many connections have been made. */
  connections(): number
  close(): Promise<void>
}

export interface TestMailServerOptions {
  /** Recipients that are refused, and the words with which. */
  readonly refuse?: ReadonlyMap<string, string>
  /** How long each mail takes, in milliseconds. */
  readonly delay?: number
  /** The only name and password that are let in; nobody has to log in unless given. */
  readonly login?: { readonly user: string; readonly password: string }
  readonly server?: SMTPServerOptions
}

export async function testMailServer(options: TestMailServerOptions = {}): Promise<TestMailServer> {
  const { refuse = new Map<string, string>(), delay = 0, login, server: more = {} } = options
  const received: ReceivedMail[] = []
  let connections = 0
  const server = new SMTPServer({
    authOptional: login === undefined,
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onConnect(_session, callback) {
      connections++
      callback()
    },
    onAuth({ username, password }, _session, callback) {
      if (username === login?.user && password === login?.password) callback(null, { user: username })
      else callback(Object.assign(new Error('Authentication credentials invalid'), { responseCode: 535 }))
    },
    onRcptTo({ address }, _session, callback) {
      const words = refuse.get(address)
      callback(words === undefined ? null : Object.assign(new Error(words), { responseCode: 550 }))
    },
    onData(stream, session, callback) {
      void text(stream).then(
        (source) => {
          setTimeout(() => {
            received.push({ to: session.envelope.rcptTo.map(({ address }) => address), source })
            callback()
          }, delay)
        },
        // The connection broke in the midst of the mail: it did not arrive.
        () => undefined
      )
    },
    ...more
  })
  // Connections that break are part of some tests.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => server.close(resolve))
  onTestFinished(close)
  return {
    account: { name: 'Test', host: '127.0.0.1', port, secure: false },
    received,
    connections: () => connections,
    close
  }
}
