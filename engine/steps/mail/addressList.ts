import { stepMessages } from '../../messages/steps.ts'
import type { EmailRecipient } from '../../model/index.ts'
import type { AddressRow } from './addressTable.ts'
import { addressKey, readAddress } from '../../model/index.ts'

/** A row that is left out, for people to correct. */
export type InvalidRow = { readonly row: number; readonly text: string; readonly reason: string }

/** The addresses of a list, each once, in its order. */
export interface AddressList {
  readonly addresses: readonly EmailRecipient[]
  readonly invalid: readonly InvalidRow[]
  readonly duplicates: number
}

/** Checks the addresses in column `column` of `rows`; the other columns stay with each. */
export function checkAddresses(rows: readonly AddressRow[], columns: readonly string[], column: number): AddressList {
  const addresses: EmailRecipient[] = []
  const invalid: InvalidRow[] = []
  const seen = new Set<string>()
  for (const { number, cells } of rows) {
    const text = cells[column] ?? ''
    const read = readAddress(text)
    if ('reason' in read) {
      invalid.push({
        row: number,
        text: text || cells.join(', '),
        reason: text === '' ? stepMessages.noAddressInRow : read.reason
      })
      continue
    }
    const key = addressKey(read.address)
    if (seen.has(key)) continue
    seen.add(key)
    addresses.push(recipient(read.address, read.name, columns, cells))
  }
  return { addresses, invalid, duplicates: rows.length - invalid.length - addresses.length }
}

function recipient(
  address: string,
  name: string,
  columns: readonly string[],
  cells: readonly string[]
): EmailRecipient {
  // Object.fromEntries: a column may be called __proto__, and must then be an ordinary one.
  const fields = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  return { ...(name !== '' && { Name: name }), ...fields, address }
}
