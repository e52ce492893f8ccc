import Papa from 'papaparse'
import { stepMessages } from '../../messages/steps.ts'
import { readAddress } from '../../model/index.ts'

/** A list of addresses as it stood in a document, before anything was checked. */
export interface AddressTable {
  /** Empty for a plain text with one address after another. */
  readonly columns: readonly string[]
  readonly rows: readonly AddressRow[]
  /** The first row that breaks the rules of CSV; what follows it cannot be trusted. */
  readonly broken?: { readonly row: number; readonly reason: string }
}

export interface AddressRow {
  /** From 1, the row of the heads included, as a spreadsheet counts; in a plain text the line. */
  readonly number: number
  /** One cell for each column; in a plain text the address alone. */
  readonly cells: readonly string[]
}

const delimiters = [',', ';', '\t', '|']

/**
 * Takes the text of the document `name` apart. Named `.csv` or `.tsv` it is a table; else it is one when its first line
 * looks like the heads of several columns. Blank rows are left out.
 */
export function readTable(text: string, name: string): AddressTable {
  const content = text.replace(/^\uFEFF/, '')
  if (/\.(csv|tsv|tab)$/i.test(name) || hasHeads(content)) return parseTable(content)
  return { columns: [], rows: splitAddresses(content) }
}

/** The addresses of a text: one a line, or several in a line separated by commas or semicolons outside quotes. */
export function splitAddresses(text: string): AddressRow[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, index) =>
    (line.match(/(?:"[^"]*"|[^,;])+/g) ?? [])
      .map((address) => address.trim())
      .filter((address) => address !== '')
      .map((address) => ({ number: index + 1, cells: [address] }))
  )
}

/** The column that holds the addresses: the one called so, else the first with an address in its first rows. */
export function addressColumn({ columns, rows }: AddressTable): number {
  const called = columns.findIndex((column) => /^(e-?mail|mail)([ _-]?address)?$|^address$/i.test(column.trim()))
  if (called >= 0) return called
  const filled = columns.findIndex((_, column) => rows.slice(0, 20).some(({ cells }) => isAddress(cells[column])))
  return Math.max(filled, 0)
}

function hasHeads(text: string): boolean {
  const first = firstLine(text)
  return !first.includes('@') && delimiters.some((delimiter) => first.includes(delimiter))
}

/** The delimiter that stands most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const line = firstLine(text).replaceAll(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => line.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

const firstLine = (text: string): string => text.split(/\r\n|\n|\r/, 50).find((line) => line.trim() !== '') ?? ''

function parseTable(text: string): AddressTable {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiterOf(text) })
  const quotes = errors.find(({ type }) => type === 'Quotes')
  const all = data
    .map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [first] = all
  const headed = first !== undefined && !first.cells.some((cell) => cell.includes('@'))
  const rows = headed ? all.slice(1) : all
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), first?.cells.length ?? 0)
  return {
    columns: columnNames(headed ? first.cells : [], width),
    rows,
    ...(quotes && {
      broken: {
        row: (quotes.row ?? 0) + 1,
        reason: quotes.code === 'MissingQuotes' ? stepMessages.quoteNotClosed : stepMessages.textAfterQuote
      }
    })
  }
}

/** A name for every column, none twice. */
function columnNames(heads: readonly string[], width: number): string[] {
  const names = new Set<string>()
  /** The number that was given last to columns of the same head: all below it are taken. */
  const copies = new Map<string, number>()
  for (let column = 0; column < width; column++) {
    const head = heads[column] ?? ''
    const name = head === '' ? `Column ${column + 1}` : head
    let copy = 1 + (copies.get(name) ?? 0)
    while (names.has(copy === 1 ? name : `${name} ${copy}`)) copy++
    copies.set(name, copy)
    names.add(copy === 1 ? name : `${name} ${copy}`)
  }
  return [...names]
}

const isAddress = (cell: string | undefined): boolean => cell !== undefined && 'address' in readAddress(cell)
