import { type FileField, type FileFields, inLines, mappingKinds } from '../mapping/index.ts'
import { type FlowDocument, type Value, type ValueRecord, isRecord } from '../model/index.ts'
import { formatName } from './fileShape.ts'
import { currentVersion } from './migrations/index.ts'
import { plainValue } from './plainValue.ts'
import { type Entry, printList, printObject, printValue } from './printJson.ts'

/**
 * The text of a flow file, for people and git: the same document always gives the same text, one field a line and one
 * line for each connection, position and short mapping. Texts of several lines are written as `lines`. What is empty
 * and may be left out is left out; fields that nobody knows are kept and come last.
 */
export function writeFlow(document: FlowDocument): string {
  const { $schema, flow, layout, ...others } = recordOf(plainValue(document).value)
  const order = document.flow.steps.map(({ id }) => id)
  const entries: Entry[] = [
    ...fields({ $schema, format: formatName, version: currentVersion }, 1),
    ['flow', writeFlowBody(recordOf(flow))],
    ['layout', writeLayout(recordOf(layout), order)],
    ...fields(sorted(others), 1)
  ]
  return `${printObject(entries, 0)}\n`
}

function writeFlowBody(flow: ValueRecord): string {
  const { id, name, description, inputs, outputs, variables, running, steps, connections, ...others } = flow
  const entries: Entry[] = [
    ...fields({ id, name, description: description === '' ? undefined : description }, 2),
    ...list('inputs', inputs, (input) => printValue(inOrder(input, ['name', 'type', 'required', 'initial']), 3)),
    ...list('outputs', outputs, (output) => printValue(inOrder(output, ['name', 'type']), 3)),
    ...list('variables', variables, (variable) => printValue(inOrder(variable, ['name', 'type', 'initial']), 3)),
    ...fields(
      { running: Object.keys(recordOf(running)).length > 0 ? inOrder(recordOf(running), runningFields) : undefined },
      2
    ),
    ...list('steps', steps, writeStep),
    ...list('connections', connections, (connection) => printValue(inOrder(connection, ['from', 'outcome', 'to']), 3)),
    ...fields(sorted(others), 2)
  ]
  return printObject(entries, 1)
}

const runningFields = ['recording', 'durability', 'afterRestart']

function writeStep(step: Value): string {
  const { id, type, name, note, disabled, timeout, retry, noData, settings, inputs, outputs, ...others } =
    recordOf(step)
  const extras = {
    note: note === '' ? undefined : note,
    disabled: disabled === false ? undefined : disabled,
    timeout,
    retry: retry && inOrder(retry, ['attempts', 'wait', 'factor']),
    noData: noData === false ? undefined : noData
  }
  const entries: Entry[] = [
    ...fields({ id, type, name, ...extras }, 4),
    ...group('settings', settings, (value) => printValue(value, 5)),
    ...group('inputs', inputs, (mapping) => printValue(fileMapping(mapping), 5)),
    ...group('outputs', outputs, (mapping) => printValue(inOrder(mapping, ['kind']), 5)),
    ...fields(sorted(others), 4)
  ]
  return printObject(entries, 3)
}

/** A mapping as files have it: a text of several lines is a list of them, and comes last. */
function fileMapping(mapping: Value): Value {
  const { kind = null, ...given } = recordOf(mapping)
  const fields = fieldsOf.get(kind) ?? {}
  const known: { [name: string]: Value | undefined } = {}
  const last: { [name: string]: Value | undefined } = {}
  for (const [name, field] of Object.entries(fields)) {
    const value = given[name]
    if (!inLines(field)) known[name] = fileField(field, value)
    else if (typeof value === 'string' && value.includes('\n')) last['lines'] = value.split('\n')
    else last[name] = value
  }
  const others = Object.fromEntries(Object.entries(given).filter(([name]) => !Object.hasOwn(fields, name)))
  return defined({ kind, ...known, ...last, ...sorted(others) })
}

const fieldsOf: ReadonlyMap<Value, FileFields> = new Map(
  Object.entries(mappingKinds).map(([kind, { fields }]) => [kind, fields])
)

/** What a field of a mapping holds, with the mappings in it as files have them. Named ones keep their order. */
function fileField({ holds }: FileField, value: Value | undefined): Value | undefined {
  if (holds === 'mappings' && Array.isArray(value)) return (value as readonly Value[]).map(fileMapping)
  if (holds !== 'named mappings' || !isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fileMapping(field)]))
}

/** Positions in the order of the steps, so that a flow and its layout read alike. */
function writeLayout(layout: ValueRecord, order: readonly string[]): string {
  const names = new Set([...order.filter((id) => Object.hasOwn(layout, id)), ...Object.keys(sorted(layout))])
  const entries = [...names].map((id): Entry => [id, printValue(inOrder(layout[id] ?? null, ['x', 'y']), 2)])
  return printObject(entries, 1)
}

function fields(record: Fields, depth: number): Entry[] {
  return Object.entries(defined(record)).map(([name, value]) => [name, printValue(value, depth)])
}

function list(name: string, items: Value | undefined, write: (item: Value) => string): Entry[] {
  if (!Array.isArray(items) || items.length === 0) return []
  return [[name, printList((items as readonly Value[]).map(write), 2)]]
}

function group(name: string, record: Value | undefined, write: (value: Value) => string): Entry[] {
  const entries = Object.entries(sorted(recordOf(record)))
  if (entries.length === 0) return []
  return [
    [
      name,
      printObject(
        entries.map(([key, value]) => [key, write(value)]),
        4
      )
    ]
  ]
}

interface Fields {
  readonly [name: string]: Value | undefined
}

/** The record with these fields first, the others behind them by name. */
function inOrder(value: Value, names: readonly string[]): Value {
  if (!isRecord(value)) return value
  const first = Object.fromEntries(names.map((name) => [name, value[name]]))
  return defined({ ...first, ...sorted(Object.fromEntries(Object.entries(value).filter(([k]) => !names.includes(k)))) })
}

function sorted(record: ValueRecord): ValueRecord {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)))
}

function defined(record: Fields): ValueRecord {
  const present: { [name: string]: Value } = {}
  for (const [name, value] of Object.entries(record)) if (value !== undefined) present[name] = value
  return present
}

function recordOf(value: Value | undefined): ValueRecord {
  return isRecord(value) ? value : {}
}
