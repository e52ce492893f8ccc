import type { EmailRecipient, Resumed } from '../../model/index.ts'

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
  const inDoubt = resumed?.inDoubt ?? new Set()
  const skip = resumed?.handling === 'skip'
  const open = recipients
    .map((recipient, index): Addressee => ({ index, recipient }))
    .filter(({ index }) => !resumed?.items.has(index))
  if (!oneToAll) {
    const leftOut = skip ? open.filter(({ index }) => inDoubt.has(index)) : []
    const mails = open.filter(({ index }) => !skip || !inDoubt.has(index)).map((addressee): [Addressee] => [addressee])
    return { mails, leftOut, sent: [], again: skip ? 0 : inDoubt.size }
  }
  const none: RemainingMails = { mails: [], leftOut: [], sent: [], again: 0 }
  const [first, ...others] = open
  if (!first) return none
  // Refusals are told before anything else: one who is known to have got the mail means that all the others did.
  if ([...(resumed?.items.values() ?? [])].some(({ state }) => state === 'done')) return { ...none, sent: open }
  const began = inDoubt.has(-1)
  return began && skip ? { ...none, leftOut: open } : { ...none, mails: [[first, ...others]], again: began ? 1 : 0 }
}
