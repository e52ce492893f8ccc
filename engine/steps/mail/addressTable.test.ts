import { describe, expect, it } from 'vitest'
import { addressColumn, readTable, splitAddresses } from './addressTable.ts'
import { searchWork } from '../../testing/searchWork.ts'

const cellsOf = (text: string, name = 'list.csv') => readTable(text, name).rows.map(({ cells }) => cells)

describe('readTable', () => {
  it('finds out which delimiter a table has', () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const table = readTable(['Name', 'Mail\nAnn', 'ann@example.com\n'].join(delimiter), 'list.csv')
      expect(table.columns).toEqual(['Name', 'Mail'])
      expect(table.rows).toEqual([{ number: 2, cells: ['Ann', 'ann@example.com'] }])
    }
  })

  it('reads quoted cells with delimiters, quotes and line breaks in them', () => {
    expect(cellsOf('Name,Mail\r\n"Lee, ""Ann""\nMaria",ann@example.com\r\n')).toEqual([
      ['Lee, "Ann"\nMaria', 'ann@example.com']
    ])
  })

  it('drops the byte order mark and blank rows, and counts rows as a spreadsheet does', () => {
    const table = readTable('\uFEFFMail\n\nann@example.com\n\n\nbob@example.com\n', 'list.csv')
    expect(table.columns).toEqual(['Mail'])
    expect(table.rows.map(({ number }) => number)).toEqual([3, 6])
  })

  it('takes a first row with an address for no heads', () => {
    const table = readTable('ann@example.com,Ann\nbob@example.com,Bob\n', 'list.csv')
    expect(table.columns).toEqual(['Column 1', 'Column 2'])
    expect(table.rows).toHaveLength(2)
  })

  it('never gives two columns one name, nor none', () => {
    expect(readTable('Mail,,Name,Name\na@example.com,1,2,3\n', 'list.csv').columns).toEqual([
      'Mail',
      'Column 2',
      'Name',
      'Name 2'
    ])
  })

  it('tells where a quote breaks the table', () => {
    expect(readTable('Mail,Name\na@example.com,"Ann\nb@example.com,Bob\n', 'list.csv').broken).toEqual({
      row: 2,
      reason: 'a quote is opened and never closed'
    })
  })

  it('reads a plain text as one address a line, unless it begins with heads', () => {
    expect(readTable('ann@example.com\n\nbob@example.com; cid@example.com\n', 'list.txt')).toEqual({
      columns: [],
      rows: [
        { number: 1, cells: ['ann@example.com'] },
        { number: 3, cells: ['bob@example.com'] },
        { number: 3, cells: ['cid@example.com'] }
      ]
    })
    expect(readTable('Mail;Name\nann@example.com;Ann\n', 'list.txt').columns).toEqual(['Mail', 'Name'])
  })

  it('gives an empty table for an empty document', () => {
    expect(readTable('', 'list.csv')).toEqual({ columns: [], rows: [] })
    expect(readTable('', 'list.txt')).toEqual({ columns: [], rows: [] })
  })
})

describe('splitAddresses', () => {
  it('keeps a quoted name with a comma in one piece', () => {
    expect(splitAddresses('"Lee, Ann" <ann@example.com>, bob@example.com').map(({ cells }) => cells[0])).toEqual([
      '"Lee, Ann" <ann@example.com>',
      'bob@example.com'
    ])
  })
})

describe('addressColumn', () => {
  it('goes by the name of the column, else by what stands in it', () => {
    expect(addressColumn(readTable('Id,E-Mail Address\n1,a@example.com\n', 'a.csv'))).toBe(1)
    expect(addressColumn(readTable('Id,Contact\n1,a@example.com\n', 'a.csv'))).toBe(1)
    expect(addressColumn(readTable('Id,Contact\n1,none\n', 'a.csv'))).toBe(0)
  })
})

it.each([
  ['heads that are all the same', (width: number) => Array.from({ length: width }, () => 'a').join(',')],
  [
    'heads of which each is another with a number',
    (width: number) => Array.from({ length: width }, (_, i) => `a ${i % 7}`).join(',')
  ],
  ['a line of quotes', (width: number) => '"'.repeat(width)],
  ['a line of delimiters', (width: number) => ','.repeat(width)]
])('takes no longer for a table than its length asks for: %s', (_, tableOf) => {
  const [some, more] = [400, 4_000].map((width) => searchWork(() => readTable(`${tableOf(width)}\n1\n`, 'list.csv')))
  expect(more).toBeLessThan(11 * (some ?? 0))
})

it('gives each of many equal heads a name of its own', () => {
  const { columns } = readTable('a,a 2,a,a,,Column 5\n1,2,3,4,5,6\n', 'list.csv')
  expect(columns).toEqual(['a', 'a 2', 'a 3', 'a 4', 'Column 5', 'Column 5 2'])
})
