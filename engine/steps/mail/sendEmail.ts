import { stepMessages } from '../../messages/steps.ts'
import { Cancelled, type MailReceipt, StepFailure, defineStep, exit } from '../../model/index.ts'
import { describeMapping } from '../../mapping/index.ts'
import { composeMail } from './composeMail.ts'
import { MailTally } from './mailTally.ts'
import { rateLimit } from './rateLimit.ts'
import { type Addressee, remainingMails } from './remainingMails.ts'
import { workerPool } from './workerPool.ts'

const counts = {
  Sent: { type: 'Number', summary: 'How many recipients the mail was sent to.' },
  Total: { type: 'Number', summary: 'How many recipients there were.' }
} as const

/** Sends a mail to one recipient or to each of a list. */
export const sendEmail = defineStep({
  type: 'send-email',
  title: 'Send Email',
  summary: 'Sends a mail to one recipient or to each of a list.',
  category: 'Mail',
  icon: 'send',
  effect: 'unsafe',
  canFail: true,
  inputs: {
    To: { type: 'List of Email', summary: 'Who gets the mail.', required: true },
    From: { type: 'Text', summary: 'Who sends it; the address of the account when left empty.' },
    CC: { type: 'List of Email', summary: 'Who gets a copy of every mail.' },
    BCC: { type: 'List of Email', summary: 'Who gets a copy of every mail without the others seeing it.' },
    'Reply-To': { type: 'Text', summary: 'Where answers go, when not to the sender.' },
    Subject: { type: 'Template', summary: 'The subject line.', required: true, itemRoot: 'recipient' },
    Body: { type: 'Template', summary: 'The mail itself.', required: true, itemRoot: 'recipient', multiline: true },
    Attachments: { type: 'List of File', summary: 'Documents that go with every mail.', document: true }
  },
  settings: {
    Send: {
      kind: 'choice',
      initial: 'One mail to each',
      choices: ['One mail to each', 'One mail to all'],
      summary: 'Whether recipients see each other.'
    },
    'Rate limit': { kind: 'number', initial: 0, min: 0, unit: 'a second', summary: 'Mails a second; 0 is no limit.' },
    'At most': { kind: 'number', initial: 2, min: 1, max: 20, unit: 'at once', summary: 'Mails under way at a time.' },
    'In doubt': {
      kind: 'choice',
      initial: 'Ask',
      choices: ['Ask', 'Send again', 'Leave out'],
      summary:
        'What happens to mails that were on their way when the program ended, or when the time limit of an attempt was over: they may have arrived, or not. After a time limit nobody is asked: they are left out, unless they are to be sent again.'
    },
    Account: { kind: 'account', initial: '', summary: 'Where mails go; the usual account when left empty.' }
  },
  outcomes: {
    Done: { summary: 'Taken when every mail was accepted.', outputs: counts },
    'Some Failed': {
      summary: 'Taken when the mail to some recipients was not accepted.',
      outputs: { ...counts, Failed: { type: 'List of Record', summary: 'Who did not get it: address and reason.' } }
    }
  },
  describe(step) {
    const to = describeMapping(step.inputs.To)
    const account = step.settings.Account
    const words = [to === '' ? 'No recipients' : `To ${to}`]
    if (typeof account === 'string' && account !== '') words.push(account)
    return words.join(' · ')
  },
  async run(context) {
    const { inputs, settings, services, signal, key } = context
    const recipients = inputs.To
    const oneToAll = settings.Send === 'One mail to all'
    const compose = composeMail(
      {
        from: inputs.From ?? '',
        cc: inputs.CC ?? [],
        bcc: inputs.BCC ?? [],
        replyTo: inputs['Reply-To'] ?? '',
        subject: inputs.Subject,
        body: inputs.Body,
        attachments: inputs.Attachments ?? [],
        key
      },
      recipients,
      oneToAll
    )
    const items = context.resumed?.items.values() ?? []
    const tally = new MailTally(recipients.length, items, (progress) => context.progress(progress))
    if (recipients.length === 0) context.log('warning', stepMessages.nobodyToSendTo)
    const { mails, leftOut, sent, again } = remainingMails(recipients, oneToAll, context.resumed)
    if (again > 0) context.log('warning', stepMessages.sentAgain(again))
    if (leftOut.length > 0) context.log('warning', stepMessages.leftOut(leftOut.length))
    for (const addressee of leftOut) tally.add(addressee, stepMessages.leftOutReason)
    for (const addressee of sent) tally.add(addressee, undefined)
    const turn = rateLimit(settings['Rate limit'], services.clock, signal)
    try {
      await workerPool(mails, settings['At most'], signal, async (to) => {
        await turn()
        const refusals = await refusalsOf(to, async () => {
          const [{ index, recipient }] = to
          const mail = compose(
            to.map((addressee) => addressee.recipient),
            index
          )
          await context.begin(oneToAll ? undefined : { index, label: recipient.address })
          if (signal.cancelled) throw new Cancelled()
          return services.mail.send(mail, settings.Account, signal)
        })
        // The refused ones first: see remainingMails.
        const reasons = to.map((addressee) => ({ addressee, reason: takeOut(refusals, addressee) }))
        for (const { addressee, reason } of reasons) if (reason !== undefined) tally.add(addressee, reason)
        for (const { addressee, reason } of reasons) if (reason === undefined) tally.add(addressee, undefined)
        for (const [address, reason] of refusals) context.log('warning', stepMessages.copyRefused(address, reason))
      })
    } catch (error) {
      throw error instanceof StepFailure ? tally.stoppedBy(error) : error
    }
    if (tally.failed.length === 0) return exit('Done', tally.counts())
    context.log('warning', stepMessages.someFailed(tally.failed.length, tally.total))
    return exit('Some Failed', { ...tally.counts(), Failed: tally.failed })
  }
})

/** Failures of one mail, after which the others go on. */
const concernsOne: ReadonlySet<string> = new Set(['mail-refused', 'mail-in-doubt'])

/** Sends one mail. Answers who does not get it, with the server's words; throws what concerns all mails. */
async function refusalsOf(to: readonly Addressee[], send: () => Promise<MailReceipt>): Promise<Map<string, string>> {
  try {
    const { refused } = await send()
    return new Map(refused.map(({ address, reason }) => [address, reason]))
  } catch (error) {
    if (!(error instanceof StepFailure) || !concernsOne.has(error.code)) throw error
    return new Map(to.map(({ recipient }) => [recipient.address, error.message]))
  }
}

/** Why this recipient was refused, once: what stays behind concerns the copies. */
function takeOut(refusals: Map<string, string>, { recipient: { address } }: Addressee): string | undefined {
  const reason = refusals.get(address)
  refusals.delete(address)
  return reason
}
