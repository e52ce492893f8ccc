/** How messages write numbers and names. */
const number = (value: number): string => value.toLocaleString('en-US')

/** "1 address", "1,200 addresses". */
const count = (value: number, one: string, many: string): string => `${number(value)} ${value === 1 ? one : many}`

const list = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ')

/** What the built-in steps say to people. */
export const stepMessages = {
  // Flow Management
  noFlowChosen: (step: string) => `“${step}” has no flow to run. Choose one in its setting Flow.`,
  noVariableChosen: (step: string) => `“${step}” has no variable to set. Choose one in its setting Variable.`,
  loopedTooOften: (step: string, times: number) =>
    `“${step}” went round ${number(times)} times, as often as its setting At most allows. Check its condition.`,
  // Files
  noDocumentName: (step: string) =>
    `“${step}” got an empty name for the document. Give one in its input Name, such as “notes.txt”.`,
  // Email Address List
  columnMissing: (column: string, document: string, columns: readonly string[]) =>
    columns.length === 0
      ? `“${document}” has no column “${column}”: it has no columns at all. Clear the setting Column, or choose another document.`
      : `“${document}” has no column “${column}”. Its columns are ${list(columns)}: choose one of them in the setting Column.`,
  listUnreadable: (document: string, row: number, why: string) =>
    `“${document}” cannot be read as a table: ${why} in row ${number(row)}. Correct that row, or save the list again as CSV.`,
  listTooLarge: (document: string, rows: number, columns: number) =>
    `“${document}” is too large for one list: ${number(rows)} rows of ${number(columns)} columns. Leave out the columns that no mail needs, or split it into several documents.`,
  listEmpty: (rows: number) =>
    rows === 0
      ? 'The list is empty: it holds no address.'
      : `The list holds no valid address: ${count(rows, 'row is', 'rows are')} invalid. Look at the output Invalid.`,
  duplicatesRemoved: (duplicates: number) =>
    `${count(duplicates, 'duplicate address', 'duplicate addresses')} removed.`,
  rowsInvalid: (rows: number, first: number, reason: string) =>
    `${count(rows, 'row holds', 'rows hold')} no valid address and ${rows === 1 ? 'was' : 'were'} left out. The first is row ${number(first)}: ${reason} All are in the output Invalid.`,
  quoteNotClosed: 'a quote is opened and never closed',
  textAfterQuote: 'text stands behind the closing quote of a cell',
  noAddressInRow: 'The row has no address.',
  // Send Email
  addressInvalid: (field: string, text: string, reason: string) =>
    `${field} is “${text}”, which is no e-mail address. ${reason} Correct the input ${field}.`,
  headerBroken: (field: string) =>
    `${field} holds a line break or another control character, which a mail must not have there. Remove it from the input ${field}.`,
  headerBrokenByFields: (field: string) =>
    `The ${field} made for this recipient holds a line break or another control character.`,
  fieldMissing: (field: string, input: string, columns: readonly string[]) =>
    `The ${input} uses “{{${field}}}”, which no recipient has. They have ${list(columns)}: use one of these, or read the list with that column.`,
  fieldMissingHere: (field: string) => `This recipient has no “{{${field}}}”.`,
  fieldForAll: (field: string, input: string) =>
    `The ${input} uses “{{${field}}}”, but one mail to all has no single recipient. Remove the field, or set Send to “One mail to each”.`,
  sentBefore: (message: string, sent: number, total: number) =>
    sent === 0 ? message : `${message} ${number(sent)} of ${count(total, 'mail', 'mails')} had been sent before that.`,
  copyRefused: (address: string, reason: string) => `The copy to “${address}” was not accepted: ${reason}`,
  sentAgain: (mails: number) =>
    `${count(mails, 'mail was', 'mails were')} on the way when the program ended and ${mails === 1 ? 'is' : 'are'} sent again: whoever had got it gets it twice, with the same Message-ID.`,
  leftOut: (recipients: number) =>
    `The mail to ${count(recipients, 'recipient', 'recipients')} was on its way when the program ended and is left out. They are in the output Failed.`,
  leftOutReason:
    'The mail was on its way when the program ended: it may have arrived, or not. It was left out, as was asked.',
  nobodyToSendTo: 'There is nobody to send to: To is an empty list.',
  someFailed: (failed: number, total: number) =>
    `${number(failed)} of ${count(total, 'mail', 'mails')} could not be sent. They are in the output Failed.`
} as const
