import { stepMessages } from '../../messages/steps.ts'
import {
  type EmailRecipient,
  type FileReference,
  type Mail,
  StepFailure,
  type TemplateValue,
  type Value,
  parsePath,
  renderTemplate,
  valueAt
} from '../../model/index.ts'
import { readAddress } from '../../model/index.ts'
import { messageId } from './messageId.ts'
import { plainText } from './plainText.ts'

/** What all mails of one Send Email step have in common; addresses are as they were given. */
export interface MailDraft {
  readonly from: string
  readonly cc: readonly EmailRecipient[]
  readonly bcc: readonly EmailRecipient[]
  readonly replyTo: string
  readonly subject: TemplateValue
  readonly body: TemplateValue
  readonly attachments: readonly FileReference[]
  /** StepContext.key: the Message-IDs come from it. */
  readonly key: string
}

/** Makes the mail to `to`. Throws StepFailure `mail-refused` when it cannot be made for these recipients. */
export type ComposeMail = (to: readonly EmailRecipient[], index: number) => Mail

/**
 * Checks what all mails have in common and returns the function that makes each. Throws StepFailure `address-invalid`,
 * `header-broken`, `field-missing` or `field-for-all`, before anything is sent.
 */
export function composeMail(draft: MailDraft, recipients: readonly EmailRecipient[], oneToAll: boolean): ComposeMail {
  checkFields(draft.subject, 'Subject', recipients, oneToAll)
  checkFields(draft.body, 'Body', recipients, oneToAll)
  if (draft.subject.parts.some((part) => typeof part === 'string' && isBroken(part)))
    throw new StepFailure('header-broken', stepMessages.headerBroken('Subject'))
  const { attachments, key } = draft
  const from = draft.from === '' ? '' : checkedAddress(draft.from, 'From')
  const shared = {
    from,
    cc: draft.cc.map(({ address }) => checkedAddress(address, 'CC')),
    bcc: draft.bcc.map(({ address }) => checkedAddress(address, 'BCC')),
    replyTo: draft.replyTo === '' ? '' : checkedAddress(draft.replyTo, 'Reply-To'),
    attachments
  }
  const domain = from === '' ? 'tailrace.invalid' : from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '')
  return (to, index) => {
    const addresses = to.map(({ address }) => recipientAddress(address))
    const [recipient] = to
    const subject = filled(draft.subject, recipient)
    if (isBroken(subject)) throw new StepFailure('mail-refused', stepMessages.headerBrokenByFields('Subject'))
    const body = filled(draft.body, recipient)
    return {
      ...shared,
      to: addresses,
      subject,
      ...(draft.body.format === 'html' ? { html: body, text: plainText(body) } : { text: body }),
      messageId: messageId(`${key}/${index}/${addresses.join(',')}`, domain)
    }
  }
}

const isBroken = (text: string): boolean => /\p{Cc}/u.test(text)

/** The address, with the name before it where one was given. */
function checkedAddress(text: string, field: string): string {
  const read = readAddress(text)
  if ('reason' in read) throw new StepFailure('address-invalid', stepMessages.addressInvalid(field, text, read.reason))
  return read.name === '' ? read.address : `"${read.name.replaceAll(/["\\]/g, '\\$&')}" <${read.address}>`
}

function recipientAddress(text: string): string {
  const read = readAddress(text)
  if ('reason' in read) throw new StepFailure('mail-refused', read.reason)
  return read.address
}

/** The names inside a recipient of a field such as `recipient.First Name`. */
const inRecipient = (field: string): readonly string[] => parsePath(field).slice(1)

function filled(template: TemplateValue, recipient: EmailRecipient | undefined): string {
  return renderTemplate(template, (field) => {
    const value: Value | undefined = valueAt(recipient, inRecipient(field))
    if (value === undefined) throw new StepFailure('mail-refused', stepMessages.fieldMissingHere(field))
    return value
  })
}

/** A field that nobody has is a slip of the pen: better told once than found in a thousand mails. */
function checkFields(
  template: TemplateValue,
  input: string,
  recipients: readonly EmailRecipient[],
  oneToAll: boolean
): void {
  for (const part of template.parts) {
    if (typeof part === 'string') continue
    if (oneToAll) throw new StepFailure('field-for-all', stepMessages.fieldForAll(part.field, input))
    const [first] = recipients
    if (!first || recipients.some((recipient) => valueAt(recipient, inRecipient(part.field)) !== undefined)) continue
    throw new StepFailure('field-missing', stepMessages.fieldMissing(part.field, input, Object.keys(first)))
  }
}
