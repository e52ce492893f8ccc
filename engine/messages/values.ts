import { shorten } from './shorten.ts'

/** What is said about values that are not what they should be. */
export const valueMessages = {
  /** Why a text is no e-mail address. */
  addressReasons: {
    empty: 'There is no address.',
    control: 'It holds a line break or another control character.',
    space: 'It holds a space.',
    noAt: 'It has no @.',
    manyAt: 'It has more than one @.',
    noLocal: 'Nothing stands before the @.',
    noDomain: 'Nothing stands after the @.',
    localLong: 'The part before the @ is longer than 64 characters.',
    long: 'It is longer than 254 characters.',
    dots: 'A dot stands at the beginning or the end of the part before the @, or two stand together.',
    local: (character: string) => `The part before the @ holds “${character}”, which is not allowed there.`,
    noDot: (domain: string) => `The domain “${domain}” has no dot.`,
    domain: (domain: string) => `“${domain}” is no valid domain.`
  },

  // What a value is, where it should be of another type
  theText: (text: string) => `the text “${shorten(text)}”`,
  howToWrite: (found: string, how: string) => `${found}: write it as ${how}`,
  inQuotes: (found: string, make: string) =>
    `${found}: give it without quotes, or make it one in an Expression, ${make}`,
  numberWritten: '12 or 12.5',
  numberMade: 'as in number(flow.Text)',
  booleanWritten: 'true or false',
  booleanMade: "as in flow.Text = 'true'",
  dateWritten: '2026-03-05 or 2026-03-05T09:00:00Z',
  noAddress: (found: string, reason: string) =>
    `${found}, which is no e-mail address: ${reason.charAt(0).toLowerCase()}${reason.slice(1).replace(/\.$/, '')}`,
  noAddressField: 'a Record without a text in its field “address”',
  noMoment: (iso: string) => `a Date that names no moment, “${shorten(iso)}”`,
  theNumber: (number: number) => `the number ${number}`,
  listOf: (count: number) => `a list of ${count.toLocaleString('en')}`,
  itemOf: (list: string, item: number, found: string) => `${list} whose item ${item.toLocaleString('en')} is ${found}`,
  aValue: (type: string) => `a ${type}`
} as const
