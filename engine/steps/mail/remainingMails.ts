import { type DoubtHandling, type EmailRecipient, type Resumed, wholeStep } from '../../model/index.ts'

/** A recipient and the place it has in the whole list. */
export interface Addressee {
  readonly index: number
  readonly recipient: EmailRecipient
}

/** What a Send Email step still has to do. */
export interface RemainingMails {
  /** Whom each mail goes to. */
  readonly mails: readonly (readonly [Addressee, ...Addressee[]])[]
  /** In doubt, and people do not want it sent again. */
  readonly leftOut: readonly Addressee[]
  /** Got the one mail to all, although the journal lost that they did. */
  readonly sent: readonly Addressee[]
  /** How many of the mails may have been sent before. */
  readonly again: number
}

/** All mails of the step but those whose end an earlier process saw. `resumed` is undefined when there was none. */
export function remainingMails(
  recipients: readonly EmailRecipient[],
  oneToAll: boolean,
  resumed: Resumed | undefined
): RemainingMails {
  const handlingOf = (index: number): DoubtHandling | undefined => resumed?.inDoubt.get(index)
  const open = recipients
    .map((recipient, index): Addressee => ({ index, recipient }))
    .filter(({ index }) => !resumed?.items.has(index))
  if (!oneToAll) {
    const leftOut = open.filter(({ index }) => handlingOf(index) === 'skip')
    const mails = open.filter(({ index }) => handlingOf(index) !== 'skip').map((addressee): [Addressee] => [addressee])
    const again = open.filter(({ index }) => handlingOf(index) === 'retry').length
    return { mails, leftOut, sent: [], again }
  }
  const none: RemainingMails = { mails: [], leftOut: [], sent: [], again: 0 }
  const [first, ...others] = open
  if (!first) return none
  // Refusals are told before anything else: one who is known to have got the mail means that all others did that were not refused.
  if ([...(resumed?.items.values() ?? [])].some(({ state }) => state === 'done')) {
    const [refused, ...more] = open.filter(({ index }) => resumed?.again.has(index))
    const sent = open.filter(({ index }) => !resumed?.again.has(index))
    return { ...none, sent, mails: refused ? [[refused, ...more]] : [] }
  }
  const whole = handlingOf(wholeStep)
  if (whole === 'skip') return { ...none, leftOut: open }
  return { ...none, mails: [[first, ...others]], again: whole === 'retry' ? 1 : 0 }
}
