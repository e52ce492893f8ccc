import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import path from 'node:path'
import PostalMime from 'postal-mime'
import type { SMTPServerOptions } from 'smtp-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CancelSource, Cancelled, type Mail } from '../../model/index.ts'
import { systemDisk } from '../disk/disk.ts'
import { systemClock } from '../systemClock.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { hostMail, type HostMail } from './hostMail.ts'
import type { MailAccount } from './mailAccount.ts'
import { testMailServer } from './testMailServer.ts'

const mailTo = (to: string | readonly string[], more: Partial<Mail> = {}): Mail => ({
  from: 'News <news@example.com>',
  to: typeof to === 'string' ? [to] : to,
  cc: [],
  bcc: [],
  replyTo: '',
  subject: 'Grüße',
  text: 'Hello',
  attachments: [],
  messageId: 'abc@example.com',
  ...more
})

async function mailWith(
  accounts: readonly MailAccount[],
  usualAccount = 'Test'
): Promise<HostMail & { folder: string }> {
  const folder = await temporaryFolder()
  const outbox = path.join(folder, 'outbox')
  await mkdir(outbox)
  const locate = (document: unknown) => Promise.resolve(path.join(folder, String(document)))
  const mail = hostMail({ accounts, usualAccount, outbox, clock: systemClock, disk: systemDisk, locate })
  onTestFinished(() => mail.close())
  return { ...mail, folder }
}

const never = new CancelSource()

/** An Outbox alone. */
const usual = {
  accounts: [],
  usualAccount: 'Outbox',
  clock: systemClock,
  disk: systemDisk,
  locate: () => Promise.reject(new Error('no documents'))
}

describe('the Outbox', () => {
  it('keeps each mail as a file that mail programs can read', async () => {
    const mail = await mailWith([], 'Outbox')
    await writeFile(path.join(mail.folder, 'terms.pdf'), 'PDF')
    await mail.send(
      mailTo('ann@example.com', {
        html: '<p>Hello <b>Ann</b></p>',
        cc: ['cid@example.com'],
        bcc: ['bob@example.com'],
        replyTo: 'desk@example.com',
        attachments: ['terms.pdf']
      }),
      '',
      never
    )
    const outbox = path.join(mail.folder, 'outbox')
    expect((await readdir(outbox)).sort()).toEqual(['.keys', '0001 ann@example.com.eml'])
    const parsed = await PostalMime.parse(await readFile(path.join(outbox, '0001 ann@example.com.eml')))
    expect(parsed).toMatchObject({
      from: { name: 'News', address: 'news@example.com' },
      to: [{ address: 'ann@example.com' }],
      cc: [{ address: 'cid@example.com' }],
      bcc: [{ address: 'bob@example.com' }],
      replyTo: [{ address: 'desk@example.com' }],
      subject: 'Grüße',
      messageId: '<abc@example.com>',
      attachments: [{ filename: 'terms.pdf' }]
    })
    expect(parsed.text).toContain('Hello')
    expect(parsed.html).toContain('<b>Ann</b>')
  })

  it('numbers mails in their order, two at a time', async () => {
    const mail = await mailWith([], 'outbox')
    for (let i = 0; i < 1000; i += 2)
      await Promise.all(
        [i, i + 1].map((one) => mail.send(mailTo(`person${one}@example.com`, { messageId: `${one}` }), '', never))
      )
    const names = (await readdir(path.join(mail.folder, 'outbox'))).filter((name) => name.endsWith('.eml')).sort()
    expect(names).toHaveLength(1000)
    expect(names[0]).toBe('0001 person0@example.com.eml')
    expect(names[999]).toBe('1000 person999@example.com.eml')
  })

  it('keeps each mail once, also when a process after one that was killed sends it again', async () => {
    const mail = await mailWith([], 'Outbox')
    const outbox = path.join(mail.folder, 'outbox')
    const send = (by: HostMail, who: string) =>
      by.send(mailTo(`${who}@example.com`, { messageId: who }), '', never).then(({ messageId }) => messageId)
    await Promise.all([send(mail, 'ann'), send(mail, 'bob')])
    await rm(path.join(outbox, '0002 bob@example.com.eml'))
    await writeFile(path.join(outbox, '.0003.tmp'), 'half a mail')
    const again = hostMail({ ...usual, outbox })
    expect(await Promise.all(['ann', 'bob', 'cid'].map((who) => send(again, who)))).toEqual(['ann', 'bob', 'cid'])
    const mails = (await readdir(outbox)).filter((name) => name.endsWith('.eml')).sort()
    expect(mails).toEqual(['0001 ann@example.com.eml', '0002 bob@example.com.eml', '0003 cid@example.com.eml'])
  })

  it('makes its folder anew, and says what is in its way', async () => {
    const folder = await temporaryFolder()
    const outbox = path.join(folder, 'outbox')
    await hostMail({ ...usual, outbox }).send(mailTo('ann@example.com'), '', never)
    expect(await readdir(outbox)).toContain('0001 ann@example.com.eml')
    await writeFile(path.join(folder, 'file'), '')
    const mail = hostMail({ ...usual, outbox: path.join(folder, 'file') })
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(mail.send(mailTo('ann@example.com'), '', never)).rejects.toMatchObject({ code: 'outbox-failed' })
  })

  it('goes on counting where an earlier process stopped', async () => {
    const first = await mailWith([], 'Outbox')
    await writeFile(path.join(first.folder, 'outbox', '0041 ann@example.com.eml'), '')
    const second = hostMail({ ...usual, outbox: path.join(first.folder, 'outbox') })
    await second.send(mailTo('bob@example.com'), '', never)
    expect(await readdir(path.join(first.folder, 'outbox'))).toContain('0042 bob@example.com.eml')
  })
})

describe('an SMTP account', () => {
  it('sends over connections that stay open', async () => {
    const server = await testMailServer()
    const mail = await mailWith([server.account])
    for (let i = 0; i < 150; i++) await mail.send(mailTo(`person${i}@example.com`), 'Test', never)
    expect(server.received.map(({ to }) => to)).toEqual(
      Array.from({ length: 150 }, (_, i) => [`person${i}@example.com`])
    )
    expect(server.connections()).toBe(1)
    expect(server.received[0]?.source).toMatch(/^Message-ID: <abc@example\.com>/im)
  })

  it('can be named by its address', async () => {
    const server = await testMailServer()
    const mail = await mailWith([], `smtp://127.0.0.1:${server.account.port}`)
    await mail.send(mailTo('ann@example.com', { from: '' }), '', never)
    expect(server.received).toHaveLength(1)
  })

  it('is one that the person knows: a flow cannot bring an address of its own', async () => {
    const server = await testMailServer()
    const mail = await mailWith([], 'Outbox')
    const sent = mail.send(mailTo('ann@example.com'), `smtp://127.0.0.1:${server.account.port}`, never)
    await expect(sent).rejects.toMatchObject({ code: 'mail-account-missing' })
    expect(server.connections()).toBe(0)
  })

  it('tells a refused recipient in the words of the server, and works on', async () => {
    const server = await testMailServer({ refuse: new Map([['bad@example.com', 'No such user here']]) })
    const mail = await mailWith([server.account])
    await expect(mail.send(mailTo('bad@example.com'), '', never)).rejects.toMatchObject({
      code: 'mail-refused',
      message: '550 No such user here'
    })
    expect(await mail.send(mailTo(['good@example.com', 'bad@example.com']), '', never)).toMatchObject({
      refused: [{ address: 'bad@example.com', reason: '550 No such user here' }]
    })
    expect(server.received.map(({ to }) => to)).toEqual([['good@example.com']])
  })

  it('says that nobody answers', async () => {
    const server = await testMailServer()
    await server.close()
    const mail = await mailWith([server.account])
    await expect(mail.send(mailTo('ann@example.com'), '', never)).rejects.toMatchObject({
      code: 'mail-server-unreachable',
      message: `The mail server “127.0.0.1:${server.account.port}” cannot be used: the connection was refused. Check that it runs, and the host and port of the account “Test”.`
    })
  })

  it('says that the login was refused', async () => {
    const server = await testMailServer({ login: { user: 'ann', password: 'right' } })
    const account = { ...server.account, user: 'ann', password: 'wrong', plain: true }
    const mail = await mailWith([account])
    await expect(mail.send(mailTo('ann@example.com'), '', never)).rejects.toMatchObject({ code: 'mail-login-refused' })
    const right = await mailWith([{ ...account, password: 'right' }])
    await right.send(mailTo('ann@example.com'), '', never)
    expect(server.received).toHaveLength(1)
  })

  it('gets no password over a connection without encryption, unless the account says so', async () => {
    const login = { user: 'ann', password: 'right' }
    const logins: string[] = []
    const onAuth: SMTPServerOptions['onAuth'] = ({ username = '' }, session, callback) => {
      logins.push(`${username} ${session.secure ? 'encrypted' : 'plain'}`)
      callback(null, { user: username })
    }
    const open = await testMailServer({ login, server: { onAuth, disabledCommands: ['STARTTLS'] } })
    const mail = await mailWith([{ ...open.account, ...login }])
    await expect(mail.send(mailTo('ann@example.com'), '', never)).rejects.toMatchObject({
      code: 'mail-not-encrypted',
      message: expect.stringContaining('were not sent')
    })
    expect(logins).toEqual([])
    const address = `smtp://ann:right@127.0.0.1:${open.account.port}?encryption=none`
    await (await mailWith([], address)).send(mailTo('ann@example.com'), '', never)
    const encrypted = await testMailServer({ login, server: { onAuth, hideSTARTTLS: false, allowInsecureAuth: false } })
    await (await mailWith([{ ...encrypted.account, ...login }])).send(mailTo('ann@example.com'), '', never)
    expect(logins).toEqual(['ann plain', 'ann encrypted'])
    expect([...open.received, ...encrypted.received]).toHaveLength(2)
  })

  it('says that a server which hangs up before its greeting cannot be used', async () => {
    const server = createServer((socket) => socket.destroy())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const mail = await mailWith([{ name: 'Test', host: '127.0.0.1', port, secure: false }])
    await expect(mail.send(mailTo('ann@example.com'), '', never)).rejects.toMatchObject({
      code: 'mail-server-unreachable'
    })
  })

  it('does not send again what may have arrived when the connection broke', async () => {
    let mails = 0
    const server = await testMailServer({
      server: {
        onData(stream, _session, callback) {
          stream.resume()
          stream.on('end', () => {
            if (++mails === 2) sockets.at(-1)?.destroy()
            else callback()
          })
        }
      }
    })
    const sockets: { destroy(): void }[] = []
    const relay = createServer((socket) => {
      sockets.push(socket)
      const upstream = createConnection({ host: '127.0.0.1', port: server.account.port })
      socket.pipe(upstream).pipe(socket)
      socket.on('error', () => undefined).on('close', () => upstream.destroy())
      upstream.on('error', () => socket.destroy())
    })
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void relay.close())
    const address = relay.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const mail = await mailWith([{ ...server.account, port }])
    await mail.send(mailTo('a@example.com'), '', never)
    await expect(mail.send(mailTo('b@example.com'), '', never)).rejects.toMatchObject({ code: 'mail-in-doubt' })
    await mail.send(mailTo('c@example.com'), '', never)
    expect(mails).toBe(3)
  })

  it('lets go at once when cancelled', async () => {
    const server = await testMailServer({ delay: 60_000 })
    const mail = await mailWith([server.account])
    const cancel = new CancelSource()
    const sending = mail.send(mailTo('ann@example.com'), '', cancel)
    setTimeout(() => cancel.cancel(), 50)
    await expect(sending).rejects.toBeInstanceOf(Cancelled)
  })
})

describe('an unknown account', () => {
  it('is refused, with the names of those there are', async () => {
    const mail = await mailWith([{ name: 'Office', host: 'mail.example.com', port: 25, secure: false }], 'Post')
    await expect(mail.send(mailTo('ann@example.com'), '', never)).rejects.toMatchObject({
      code: 'mail-account-missing',
      message: 'There is no mail account “Post”. There are “Outbox”, “Office”: choose one of them, or add the account.'
    })
    await expect(mail.send(mailTo('ann@example.com', { from: '' }), 'Office', never)).rejects.toMatchObject({
      code: 'mail-sender-missing'
    })
  })
})
