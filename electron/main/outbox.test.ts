import { execFileSync } from 'node:child_process'
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listOutbox, readMail } from './outbox.ts'

const mail = `From: "Tidewater" <letters@example.com>
To: Ada Adeyemi <ada@example.com>, bob@example.com
Cc: Team: cy@example.com, di@example.com;
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Date: Tue, 24 Nov 2026 09:12:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=utf-8

Hello Ada
--c
Content-Type: text/html; charset=utf-8

<p>Hello Ada</p>
--c--
--b
Content-Type: text/csv; name=list.csv
Content-Disposition: attachment; filename=list.csv
Content-Transfer-Encoding: base64

YSxi
--b--
`.replaceAll('\n', '\r\n')

function outbox(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

it('lists mails by their heads, oldest first, and nothing else', async () => {
  const folder = outbox({ '0002 b.eml': 'Subject: Two\r\n\r\n', '0001 a.eml': mail, 'notes.txt': 'x' })
  expect(await listOutbox(folder)).toEqual([
    {
      file: '0001 a.eml',
      to: 'Ada Adeyemi <ada@example.com>, bob@example.com',
      subject: 'Grüße',
      date: '2026-11-24T08:12:00.000Z'
    },
    { file: '0002 b.eml', to: '', subject: 'Two', date: '' }
  ])
})

it('has no mails where there is no outbox', async () => {
  expect(await listOutbox(join(tmpdir(), 'not-there'))).toEqual([])
})

it('reads a mail in full', async () => {
  const content = await readMail(outbox({ 'a.eml': mail }), 'a.eml')
  expect(content).toMatchObject({
    from: 'Tidewater <letters@example.com>',
    cc: 'cy@example.com, di@example.com',
    text: 'Hello Ada\n',
    attachments: [{ name: 'list.csv', size: 3 }],
    source: mail
  })
  expect(content.html).toContain('<p>Hello Ada</p>')
})

it('reads what is no mail without complaint', async () => {
  const content = await readMail(outbox({ 'a.eml': '\0\xff broken' }), 'a.eml')
  expect(content).toMatchObject({ subject: '', from: '' })
})

it('says which mail is missing', async () => {
  await expect(readMail(outbox({}), 'a.eml')).rejects.toMatchObject({ code: 'mail-missing' })
})

it.runIf(process.platform !== 'win32')('passes over what is a link elsewhere, or no file', async () => {
  const secret = join(outbox({ 'secret.txt': 'Subject: Secret\r\n\r\n' }), 'secret.txt')
  const folder = outbox({ '0001 a.eml': mail })
  symlinkSync(secret, join(folder, '0002 link.eml'))
  execFileSync('mkfifo', [join(folder, '0003 pipe.eml')])
  expect((await listOutbox(folder)).map(({ file }) => file)).toEqual(['0001 a.eml'])
  for (const file of ['0002 link.eml', '0003 pipe.eml'])
    await expect(readMail(folder, file)).rejects.toMatchObject({ code: 'mail-missing' })
})
