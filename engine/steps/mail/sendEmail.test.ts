import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  Cancelled,
  type DoubtHandling,
  type EmailRecipient,
  type ProgressItem,
  type Resumed,
  StepFailure,
  type TemplateValue,
  type ValueRecord
} from '../../model/index.ts'
import { type StepTrial, type TrialOptions, tryStep } from '../stepTrial.ts'
import { sendEmail } from './sendEmail.ts'
import { holds } from '../../testing/property/holds.ts'

const text = (...parts: TemplateValue['parts']): TemplateValue => ({ $type: 'Template', format: 'text', parts })
const html = (...parts: TemplateValue['parts']): TemplateValue => ({ $type: 'Template', format: 'html', parts })

const people = (count: number): EmailRecipient[] =>
  Array.from({ length: count }, (_, i) => ({ address: `person${i}@example.com`, Name: `Person ${i}` }))

function send(to: EmailRecipient[], inputs: ValueRecord = {}, options: Omit<TrialOptions, 'inputs'> = {}) {
  return tryStep(sendEmail, {
    ...options,
    inputs: { To: to, Subject: text('Hello ', { field: 'recipient.Name' }), Body: text('Welcome'), ...inputs }
  })
}

describe('Send Email', () => {
  it('sends one mail to each, with the fields of each', async () => {
    const trial = send(people(3), { From: 'News <news@example.com>', 'Reply-To': 'desk@example.com' })
    expect(await trial.transition).toEqual({ kind: 'exit', outcome: 'Done', outputs: { Sent: 3, Total: 3 } })
    expect(trial.mails.map(({ to, subject }) => [...to, subject])).toEqual([
      ['person0@example.com', 'Hello Person 0'],
      ['person1@example.com', 'Hello Person 1'],
      ['person2@example.com', 'Hello Person 2']
    ])
    expect(trial.mails[0]).toMatchObject({
      from: '"News" <news@example.com>',
      replyTo: 'desk@example.com',
      text: 'Welcome',
      account: ''
    })
  })

  it('tells how far it is after every mail', async () => {
    const trial = send(people(2), {}, { settings: { 'At most': 1 } })
    await trial.transition
    expect(trial.progress).toEqual([
      { done: 0, total: 2 },
      { done: 1, total: 2, item: { index: 0, label: 'person0@example.com', state: 'done' } },
      { done: 2, total: 2, item: { index: 1, label: 'person1@example.com', state: 'done' } }
    ])
  })

  it('sends one mail to all when told so', async () => {
    const trial = send(people(3), { Subject: text('Hello all') }, { settings: { Send: 'One mail to all' } })
    expect(await trial.transition).toMatchObject({ outcome: 'Done', outputs: { Sent: 3, Total: 3 } })
    expect(trial.mails).toHaveLength(1)
    expect(trial.mails[0]?.to).toHaveLength(3)
    expect(trial.progress.at(-1)).toMatchObject({ done: 3, total: 3 })
  })

  it('escapes the values of recipients in HTML and adds a plain text', async () => {
    const trial = send([{ address: 'ann@example.com', Name: '<b>Ann & Co</b>' }], {
      Body: html(
        '<p>Hello ',
        { field: 'recipient.Name' },
        ',</p><p>see <a href="https://example.com/a">our page</a>.</p>'
      )
    })
    await trial.transition
    expect(trial.mails[0]?.html).toContain('Hello &lt;b&gt;Ann &amp; Co&lt;/b&gt;,')
    expect(trial.mails[0]?.text).toBe('Hello <b>Ann & Co</b>,\n\nsee our page (https://example.com/a).')
  })

  it('goes on when single recipients are refused, and names them with the words of the server', async () => {
    const trial = send(
      people(20),
      {},
      {
        send(mail) {
          if (mail.to[0] === 'person3@example.com' || mail.to[0] === 'person7@example.com')
            throw new StepFailure('mail-refused', '550 No such user')
          return Promise.resolve({ messageId: mail.messageId, refused: [] })
        }
      }
    )
    expect(await trial.transition).toEqual({
      kind: 'exit',
      outcome: 'Some Failed',
      outputs: {
        Sent: 18,
        Total: 20,
        Failed: [
          { address: 'person3@example.com', reason: '550 No such user' },
          { address: 'person7@example.com', reason: '550 No such user' }
        ]
      }
    })
    expect(trial.progress).toContainEqual(
      expect.objectContaining({
        item: { index: 3, label: 'person3@example.com', state: 'failed', detail: '550 No such user' }
      })
    )
  })

  it('stops when the server is gone, and says how many were sent before', async () => {
    const trial = send(
      people(10),
      {},
      {
        settings: { 'At most': 1 },
        send(mail) {
          if (mail.to[0] === 'person4@example.com')
            throw new StepFailure('mail-server-unreachable', 'The server is gone.')
          return Promise.resolve({ messageId: mail.messageId, refused: [] })
        }
      }
    )
    await expect(trial.transition).rejects.toMatchObject({
      code: 'mail-server-unreachable',
      message: 'The server is gone. 4 of 10 mails had been sent before that.',
      detail: { Sent: 4, Total: 10, Failed: [] }
    })
    expect(trial.mails).toHaveLength(4)
  })

  it('has no more mails under way than allowed', async () => {
    let under = 0
    let most = 0
    const trial = send(
      people(30),
      {},
      {
        settings: { 'At most': 3 },
        async send(mail, cancel, clock) {
          most = Math.max(most, ++under)
          await clock.sleep(10, cancel)
          under--
          return { messageId: mail.messageId, refused: [] }
        }
      }
    )
    await trial.transition
    expect(most).toBe(3)
  })

  it('keeps to the rate limit', async () => {
    const trial = send(people(9), {}, { settings: { 'Rate limit': 4 } })
    await trial.transition
    expect(trial.mails.map(({ at }) => at)).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000])
  })

  it('stops at once when cancelled, between mails and during one', async () => {
    const between = send(people(100), {}, { settings: { 'Rate limit': 1, 'At most': 1 } })
    const during = send(
      people(100),
      {},
      {
        send: (_mail, cancel) => new Promise((_, reject) => cancel.onCancel(() => reject(new Cancelled())))
      }
    )
    const deaf = send(people(100), {}, { send: () => new Promise(() => undefined) })
    for (const trial of [between, during, deaf]) {
      trial.cancel.cancel()
      await expect(trial.transition).rejects.toBeInstanceOf(Cancelled)
      expect(trial.mails.length).toBeLessThanOrEqual(1)
    }
  })

  it('gives each mail a Message-ID of its own, the same at every attempt', async () => {
    const [first, second] = [
      send(people(50), { From: 'news@example.com' }),
      send(people(50), { From: 'news@example.com' })
    ]
    await Promise.all([first.transition, second.transition])
    const ids = first.mails.map(({ messageId }) => messageId)
    expect(new Set(ids).size).toBe(50)
    expect(second.mails.map(({ messageId }) => messageId)).toEqual(ids)
    expect(ids[0]).toMatch(/^[\da-f]{32}@example\.com$/)
  })

  it('says that each mail begins before it hands it over, and of several at once without waiting in between', async () => {
    const seen: [string, readonly number[]][] = []
    const trial: StepTrial = send(
      people(3),
      {},
      {
        settings: { 'At most': 2 },
        send(mail) {
          seen.push([mail.to[0] ?? '', [...trial.begun]])
          return Promise.resolve({ messageId: mail.messageId, refused: [] })
        }
      }
    )
    await trial.transition
    expect(seen).toEqual([
      ['person0@example.com', [0, 1]],
      ['person1@example.com', [0, 1]],
      ['person2@example.com', [0, 1, 2]]
    ])
  })

  it('does not begin a mail that cannot be made', async () => {
    const to = [{ address: 'nobody' }, ...people(1)]
    const trial = send(to, { Subject: text('Hello') })
    expect(await trial.transition).toMatchObject({ outcome: 'Some Failed', outputs: { Sent: 1 } })
    expect(trial.begun).toEqual([1])
  })

  it('sends nothing when the journal cannot take that it begins', async () => {
    const full = new StepFailure('journal-failed', 'The disk is full.')
    const trial = send(people(4), {}, { begin: () => Promise.reject(full) })
    await expect(trial.transition).rejects.toMatchObject({ code: 'journal-failed', detail: { Sent: 0, Total: 4 } })
    expect(trial.mails).toEqual([])
  })

  it('hands over no mail after it was cancelled, even when that one had begun', async () => {
    let flushed = (): void => undefined
    const begin = (): Promise<void> => new Promise((resolve) => (flushed = resolve))
    const trial = send(people(4), {}, { begin, settings: { 'At most': 1 } })
    await expect.poll(() => trial.begun).toEqual([0])
    trial.cancel.cancel()
    flushed()
    await expect(trial.transition).rejects.toBeInstanceOf(Cancelled)
    expect(trial.mails).toEqual([])
  })

  it('lets no line break into a header', async () => {
    await expect(send(people(1), { Subject: text('Hello\r\nBcc: eve@example.com') }).transition).rejects.toMatchObject({
      code: 'header-broken'
    })
    await expect(send(people(1), { From: 'a@example.com\nBcc: eve@example.com' }).transition).rejects.toMatchObject({
      code: 'address-invalid'
    })
    const trial = send([
      { address: 'ann@example.com', Name: 'Ann\r\nBcc: eve@example.com' },
      { address: 'bob@example.com\r\nRCPT TO:<eve@example.com>', Name: 'Bob' },
      { address: 'cid@example.com', Name: 'Cid' }
    ])
    expect(await trial.transition).toMatchObject({
      outcome: 'Some Failed',
      outputs: { Sent: 1, Failed: [{ address: 'ann@example.com' }, {}] }
    })
    expect(trial.mails.map(({ to }) => to)).toEqual([['cid@example.com']])
  })

  it('sends nothing when a field is misspelled', async () => {
    const trial = send(people(3), { Body: text('Hello ', { field: 'recipient.Nmae' }) })
    await expect(trial.transition).rejects.toMatchObject({
      code: 'field-missing',
      message:
        'The Body uses “{{recipient.Nmae}}”, which no recipient has. They have “address”, “Name”: use one of these, or read the list with that column.'
    })
    expect(trial.mails).toHaveLength(0)
  })

  it('refuses fields of a recipient in one mail to all', async () => {
    const trial = send(people(2), {}, { settings: { Send: 'One mail to all' } })
    await expect(trial.transition).rejects.toMatchObject({ code: 'field-for-all' })
  })

  it('does nothing, and says so, when there is nobody to send to', async () => {
    const trial = send([])
    expect(await trial.transition).toEqual({ kind: 'exit', outcome: 'Done', outputs: { Sent: 0, Total: 0 } })
    expect(trial.log).toEqual(['warning: There is nobody to send to: To is an empty list.'])
  })

  it('says on the canvas who gets it by which account', () => {
    const step = {
      id: 's',
      type: 'send-email',
      name: 'Send Email 1',
      settings: { Account: 'Outbox' },
      inputs: { To: { kind: 'select', path: 'steps.list.Addresses' } }
    } as const
    const flow = { id: 'f', name: 'f', inputs: [], outputs: [], steps: [step], connections: [] }
    expect(sendEmail.describe?.(step, { flow, flowAt: () => undefined })).toBe('To Addresses · Outbox')
  })
})

describe('Send Email, resumed', () => {
  const done = (index: number): ProgressItem => ({ index, label: `person${index}@example.com`, state: 'done' })
  const failed = (index: number): ProgressItem => ({ ...done(index), state: 'failed', detail: '550 No such user' })
  const resumedWith = (items: ProgressItem[], inDoubt: number[], handling: DoubtHandling): Resumed => ({
    items: new Map(items.map((item) => [item.index, item])),
    again: new Set(),
    inDoubt: new Map(inDoubt.map((index) => [index, handling]))
  })
  const leftOut =
    'The mail was on its way when the program ended: it may have arrived, or not. It was left out, as was asked.'
  const recipientsOf = (trial: StepTrial): string[] => trial.mails.flatMap(({ to }) => to)

  it('goes on with the mails that were not sent, counting those that were', async () => {
    const trial = send(people(5), {}, { resumed: resumedWith([done(0), failed(1), done(2)], [], 'retry') })
    expect(await trial.transition).toEqual({
      kind: 'exit',
      outcome: 'Some Failed',
      outputs: { Sent: 4, Total: 5, Failed: [{ address: 'person1@example.com', reason: '550 No such user' }] }
    })
    expect(recipientsOf(trial)).toEqual(['person3@example.com', 'person4@example.com'])
    expect(trial.progress).toEqual([
      { done: 3, total: 5 },
      { done: 4, total: 5, item: done(3) },
      { done: 5, total: 5, item: done(4) }
    ])
    expect(trial.log).toEqual(['warning: 1 of 5 mails could not be sent. They are in the output Failed.'])
  })

  it('sends mails in doubt again under the same Message-ID when asked to', async () => {
    const unbroken = send(people(4))
    const trial = send(people(4), {}, { resumed: resumedWith([done(1)], [0, 2], 'retry') })
    expect(await trial.transition).toEqual({ kind: 'exit', outcome: 'Done', outputs: { Sent: 4, Total: 4 } })
    await unbroken.transition
    const idsOf = ({ mails }: StepTrial): [string, string][] =>
      mails.map(({ to, messageId }) => [to[0] ?? '', messageId])
    expect(idsOf(trial)).toEqual(idsOf(unbroken).filter((_, index) => index !== 1))
    expect(trial.begun).toEqual([0, 2, 3])
    expect(trial.log).toEqual([
      'warning: 2 mails were on the way when the program ended and are sent again: whoever had got it gets it twice, with the same Message-ID.'
    ])
  })

  it('leaves mails in doubt out when asked to, and names them', async () => {
    const trial = send(people(4), {}, { resumed: resumedWith([done(1)], [0, 2], 'skip') })
    expect(await trial.transition).toEqual({
      kind: 'exit',
      outcome: 'Some Failed',
      outputs: {
        Sent: 2,
        Total: 4,
        Failed: [0, 2].map((n) => ({ address: `person${n}@example.com`, reason: leftOut }))
      }
    })
    expect(recipientsOf(trial)).toEqual(['person3@example.com'])
    expect(trial.begun).toEqual([3])
    expect(trial.progress.slice(0, 3)).toEqual([
      { done: 1, total: 4 },
      { done: 2, total: 4, item: { ...done(0), state: 'failed', detail: leftOut } },
      { done: 3, total: 4, item: { ...done(2), state: 'failed', detail: leftOut } }
    ])
    expect(trial.log[0]).toBe(
      'warning: The mail to 2 recipients was on its way when the program ended and is left out. They are in the output Failed.'
    )
  })

  it('sends one mail to all once more only when it is in doubt and that is asked', async () => {
    const all = { settings: { Send: 'One mail to all' } }
    const tried = (resumed?: Resumed): StepTrial =>
      send(people(3), { Subject: text('Hello all') }, { ...all, ...(resumed && { resumed }) })
    const unbroken = tried()
    const again = tried(resumedWith([], [-1], 'retry'))
    const skipped = tried(resumedWith([], [-1], 'skip'))
    const ended = tried(resumedWith([failed(0), done(1), done(2)], [-1], 'retry'))
    const partlyKnown = tried(resumedWith([failed(0), done(1)], [-1], 'skip'))
    const notBegun = tried(resumedWith([], [], 'skip'))
    expect(await again.transition).toEqual(await unbroken.transition)
    expect(again.mails).toEqual(unbroken.mails)
    expect(unbroken.begun).toEqual([-1])
    expect(await notBegun.transition).toEqual(await unbroken.transition)
    expect(await skipped.transition).toMatchObject({ outcome: 'Some Failed', outputs: { Sent: 0, Total: 3 } })
    expect(await ended.transition).toMatchObject({ outcome: 'Some Failed', outputs: { Sent: 2, Total: 3 } })
    expect(await partlyKnown.transition).toEqual(await ended.transition)
    expect([skipped, ended, partlyKnown].flatMap(({ mails }) => mails)).toEqual([])
  })

  it('sends one mail to all once more to those who were refused, when the run is retried', async () => {
    const resumed = { ...resumedWith([done(0), done(2)], [], 'skip'), again: new Set([1]) }
    const all = { settings: { Send: 'One mail to all' }, resumed }
    const trial = send(people(4), { Subject: text('Hello all') }, all)
    expect(await trial.transition).toMatchObject({ outcome: 'Done', outputs: { Sent: 4, Total: 4 } })
    expect(recipientsOf(trial)).toEqual(['person1@example.com'])
  })

  it('keeps to the rate limit and to At most', async () => {
    let under = 0
    let most = 0
    const limited = send(
      people(6),
      {},
      { settings: { 'Rate limit': 4 }, resumed: resumedWith([done(0)], [1], 'retry') }
    )
    const crowded = send(
      people(20),
      {},
      {
        settings: { 'At most': 3 },
        resumed: resumedWith([done(0)], [1, 2], 'retry'),
        async send(mail, cancel, clock) {
          most = Math.max(most, ++under)
          await clock.sleep(10, cancel)
          under--
          return { messageId: mail.messageId, refused: [] }
        }
      }
    )
    await Promise.all([limited.transition, crowded.transition])
    expect(limited.mails.map(({ at }) => at)).toEqual([0, 250, 500, 750, 1000])
    expect(most).toBe(3)
  })

  it('adds up for whatever had been done: each recipient is sent to, left out or known, and counted once', async () => {
    const state = fc.constantFrom('done', 'failed', 'in doubt', 'open')
    const oneToAll = fc.boolean()
    const handling = fc.constantFrom<DoubtHandling>('retry', 'skip')
    await holds(
      'mails still to send',
      fc.asyncProperty(fc.array(state, { maxLength: 8 }), oneToAll, handling, async (states, toAll, how) => {
        const items = states.flatMap((one, index) =>
          one === 'done' ? [done(index)] : one === 'failed' ? [failed(index)] : []
        )
        const inDoubt = toAll ? [-1] : states.flatMap((one, index) => (one === 'in doubt' ? [index] : []))
        const trial = send(
          people(states.length),
          { Subject: text('Hello') },
          {
            settings: { Send: toAll ? 'One mail to all' : 'One mail to each' },
            resumed: resumedWith(items, inDoubt, how)
          }
        )
        const exit = await trial.transition
        const got = recipientsOf(trial)
        expect(new Set(got).size).toBe(got.length)
        for (const item of items) expect(got).not.toContain(item.label)
        if (how === 'skip') for (const index of inDoubt) expect(got).not.toContain(`person${index}@example.com`)
        const outputs = exit.kind === 'exit' ? exit.outputs : {}
        const lost = Array.isArray(outputs.Failed) ? outputs.Failed.length : 0
        expect(Number(outputs.Sent) + lost).toBe(states.length)
        expect(trial.progress.at(-1)).toMatchObject({ done: states.length, total: states.length })
      }),
      { runs: 300 }
    )
  })
})
