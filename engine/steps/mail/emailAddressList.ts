import { stepMessages } from '../../messages/steps.ts'
import {
  type Documents,
  type FileReference,
  type StepContext,
  StepFailure,
  defineStep,
  exit
} from '../../model/index.ts'
import { describeMapping } from '../../mapping/index.ts'
import { type AddressList, checkAddresses } from './addressList.ts'
import { addressColumn, type AddressTable, readTable, splitAddresses } from './addressTable.ts'

const invalid = {
  type: 'List of Record',
  summary: 'The rows that hold no valid address: row, text and reason.'
} as const

/** Reads, checks and tidies a list of e-mail addresses. */
export const emailAddressList = defineStep({
  type: 'email-address-list',
  title: 'Email Address List',
  summary: 'Reads a list of e-mail addresses, checks each and removes duplicates.',
  category: 'Mail',
  icon: 'at-sign',
  effect: 'idempotent',
  canFail: true,
  inputs: {
    List: {
      type: 'Text',
      summary: 'The addresses: one a line, or separated by commas or semicolons.',
      required: true,
      multiline: true,
      shownWhen: { setting: 'Source', is: ['Typed in'] }
    },
    Document: {
      type: 'File',
      summary: 'A CSV document, or a text with one address a line.',
      required: true,
      document: true,
      shownWhen: { setting: 'Source', is: ['Document'] }
    }
  },
  settings: {
    Source: {
      kind: 'choice',
      initial: 'Typed in',
      choices: ['Typed in', 'Document'],
      summary: 'Where the addresses come from.'
    },
    Column: {
      kind: 'column',
      initial: '',
      of: 'Document',
      summary: 'The column with the addresses; found by itself when left empty.',
      shownWhen: { setting: 'Source', is: ['Document'] }
    },
    'Add to process folder': {
      kind: 'boolean',
      initial: true,
      summary: 'Keeps the list as a document in the process folder of the run.'
    }
  },
  outcomes: {
    Done: {
      outputs: {
        Addresses: { type: 'List of Email', summary: 'The valid addresses, each once, with their other columns.' },
        Count: { type: 'Number', summary: 'How many they are.' },
        Document: { type: 'File', summary: 'The list in the process folder.' },
        Invalid: invalid
      }
    },
    Empty: { summary: 'Taken when there is no valid address.', outputs: { Invalid: invalid } }
  },
  describe(step) {
    if (step.settings.Source === 'Document') return describeMapping(step.inputs.Document) || 'No document chosen'
    const { List: list } = step.inputs
    if (list?.kind !== 'constant' || typeof list.value !== 'string') return describeMapping(list) || 'No addresses'
    const { length } = splitAddresses(list.value)
    return `${length.toLocaleString('en-US')} ${length === 1 ? 'address' : 'addresses'} typed in`
  },
  async run(context) {
    const { inputs, settings, services, step, key } = context
    const typed = settings.Source === 'Typed in'
    const list = typed
      ? checkAddresses(splitAddresses(inputs.List), [], 0)
      : await readDocument(inputs.Document, settings.Column, services.documents)
    report(list, context)
    if (list.addresses.length === 0) return exit('Empty', { Invalid: list.invalid })
    const document = !settings['Add to process folder']
      ? null
      : typed
        ? await services.documents.add(
            `${step.name}.txt`,
            `${list.addresses.map(({ address }) => address).join('\n')}\n`,
            key
          )
        : await intoProcessFolder(inputs.Document, services.documents, key)
    return exit('Done', {
      Addresses: list.addresses,
      Count: list.addresses.length,
      Document: document,
      Invalid: list.invalid
    })
  }
})

/** A list whose columns, repeated for each row, have more characters could be kept in no journal and handed to no script. */
const mostCharacters = 200_000_000

/** What stands around the name and the cell of a column. */
const aroundCell = 6

async function readDocument(document: FileReference, column: string, documents: Documents): Promise<AddressList> {
  const table = readTable(await documents.readText(document), document.name)
  if (table.broken) {
    const { row, reason } = table.broken
    throw new StepFailure('list-unreadable', stepMessages.listUnreadable(document.name, row, reason), { row })
  }
  const heads = table.columns.reduce((sum, name) => sum + name.length + aroundCell, 0)
  if (table.rows.length * heads > mostCharacters)
    throw new StepFailure(
      'list-too-large',
      stepMessages.listTooLarge(document.name, table.rows.length, table.columns.length)
    )
  return checkAddresses(
    table.rows,
    table.columns,
    column === '' ? addressColumn(table) : named(column, table, document)
  )
}

function named(column: string, { columns }: AddressTable, document: FileReference): number {
  const exact = columns.indexOf(column)
  const found = exact >= 0 ? exact : columns.findIndex((name) => name.toLowerCase() === column.toLowerCase())
  if (found < 0)
    throw new StepFailure('column-missing', stepMessages.columnMissing(column, document.name, columns), { columns })
  return found
}

/** A document of the run is there already; one of the Designer Folder is copied. */
const intoProcessFolder = (
  document: FileReference,
  documents: Documents,
  key: string
): FileReference | Promise<FileReference> =>
  document.from === 'folder' ? documents.copy(document, undefined, key) : document

function report({ addresses, invalid, duplicates }: AddressList, context: StepContext<unknown, unknown>): void {
  if (duplicates > 0) context.log('info', stepMessages.duplicatesRemoved(duplicates))
  const [first] = invalid
  if (first) context.log('warning', stepMessages.rowsInvalid(invalid.length, first.row, first.reason))
  if (addresses.length === 0) context.log('warning', stepMessages.listEmpty(invalid.length))
}
