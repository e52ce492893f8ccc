import { readFile } from 'node:fs/promises'
import { findJsonError } from '../../file/findJsonError.ts'
import { HostError, decodeText, systemCode } from '../../host/index.ts'
import {
  type Flow,
  type FlowInput,
  type Value,
  type ValueRecord,
  type ValueType,
  convert,
  describeMismatch,
  isRecord,
  itemTypeOf,
  nearestName
} from '../../index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { hostMessages } from '../../messages/host.ts'
import { UsageError } from '../grammar/usageError.ts'
import { howToGive } from './howToGive.ts'

/** What the person gives to a flow. */
export interface GivenInputs {
  /** Each as NAME=VALUE. */
  readonly input: readonly string[]
  /** A file with a JSON object; `-` is what comes by pipe. */
  readonly inputs: string | undefined
}

/** Values deeper than this are refused: whatever walks through them would come to its end first. */
const mostLevels = 100

/**
 * The inputs for `flow`, each read as its declared type says. Throws HostError `flow-inputs`, with how to write what does not
 * fit, and UsageError.
 */
export async function readInputs(flow: Flow, given: GivenInputs): Promise<ValueRecord> {
  const values = new Map<string, Value>()
  for (const [name, value] of Object.entries(given.inputs === undefined ? {} : await readObject(given.inputs)))
    values.set(name, value)
  const told = new Set<string>()
  for (const one of given.input) {
    const [name, text] = partsOf(one)
    if (told.has(name)) throw refusal(cliMessages.inputTwice(name))
    told.add(name)
    values.set(name, readValue(inputOf(flow, name), text))
  }
  for (const [name, value] of values) checkValue(flow, inputOf(flow, name), value)
  return Object.fromEntries(values)
}

/** A value that is not declared anywhere: JSON, or else text. Throws HostError `flow-inputs`. */
export function readAnyValue(name: string, text: string): Value {
  const value = readValue({ name, type: 'Any' }, text)
  checkShape(name, value)
  return value
}

function partsOf(given: string): [name: string, text: string] {
  const equals = given.indexOf('=')
  if (equals < 1) throw new UsageError(cliMessages.inputForm(given))
  return [given.slice(0, equals), given.slice(equals + 1)]
}

function inputOf({ name: flow, inputs }: Flow, name: string): FlowInput {
  const input = inputs.find((one) => one.name === name)
  if (input) return input
  const names = inputs.map((one) => one.name)
  throw refusal(cliMessages.inputUnknown(name, flow, names, nearestName(name, names)))
}

/** Texts, dates, addresses and files are taken as they are written, all else as JSON where it is JSON. `null` is no value. */
function readValue({ name, type }: Pick<FlowInput, 'name' | 'type'>, text: string): Value {
  const bare = text.trim()
  if (bare === 'null') return null
  const isWritten = ['Text', 'Date', 'Email', 'File'].includes(itemTypeOf(type) ?? type)
  if (beginsAsJson(bare, type, isWritten)) return parseJson(name, bare)
  if (isWritten) return text
  try {
    return JSON.parse(bare) as Value
  } catch {
    return text
  }
}

/** Whether `text` has to be JSON. A text may begin with a bracket or a quotation mark and be none. */
function beginsAsJson(text: string, type: ValueType, isWritten: boolean): boolean {
  if (text.startsWith('"')) return !isWritten || (text.length > 1 && text.endsWith('"'))
  return type !== 'Text' && /^[[{]/.test(text)
}

function parseJson(name: string, text: string): Value {
  try {
    return JSON.parse(text) as Value
  } catch {
    const error = findJsonError(text)
    throw refusal(cliMessages.inputNoJson(name, error?.expected ?? '', (error?.offset ?? 0) + 1))
  }
}

function checkValue(flow: Flow, { name, type }: FlowInput, value: Value): void {
  checkShape(name, value)
  if (convert(value, type) !== undefined) return
  const found = describeMismatch(value, type)
  throw refusal(cliMessages.inputType(name, flow.name, type, found, howToGive({ name, type })))
}

/** Refuses what no number and no walk can hold. */
function checkShape(name: string, value: Value): void {
  const fault = faultOf(value, 0)
  if (fault === 'large') throw refusal(cliMessages.inputTooLarge(name))
  if (fault === 'deep') throw refusal(cliMessages.inputTooDeep(name, mostLevels))
}

function faultOf(value: Value, level: number): 'large' | 'deep' | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'large'
  if (typeof value !== 'object' || value === null) return undefined
  if (level === mostLevels) return 'deep'
  for (const one of Object.values<Value>(value)) {
    const fault = faultOf(one, level + 1)
    if (fault) return fault
  }
  return undefined
}

async function readObject(file: string): Promise<ValueRecord> {
  const from = file === '-' ? cliMessages.standardInput : file
  const text = decodeText(file === '-' ? await readStandardInput() : await bytesOf(file))
  if (text === undefined) throw refusal(cliMessages.inputsNoObject(from))
  const value = parseJson(from, text.trim())
  if (!isRecord(value)) throw refusal(cliMessages.inputsNoObject(from))
  return value
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    if (systemCode(error) === '') throw error
    throw refusal(cliMessages.inputsUnreadable(file, hostMessages.why(error)))
  }
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}

const refusal = (message: string): HostError => new HostError('flow-inputs', message)
