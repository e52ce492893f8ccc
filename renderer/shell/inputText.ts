import { type FlowInput, type Value, type ValueType, isRecord } from '../../engine/index.ts'

/** Which control asks for a value of a type. Lists of texts and addresses are written one to a line, the rest as JSON. */
export type InputControl = 'text' | 'number' | 'boolean' | 'lines' | 'date' | 'any' | 'json'

export function controlFor(type: ValueType): InputControl {
  switch (type) {
    case 'Text':
    case 'Template':
    case 'Email':
      return 'text'
    case 'Number':
      return 'number'
    case 'Boolean':
      return 'boolean'
    case 'Date':
      return 'date'
    case 'List of Text':
    case 'List of Email':
    case 'List of Number':
      return 'lines'
    case 'Any':
      return 'any'
    default:
      return 'json'
  }
}

/** A value as its control shows it at first. */
export function textOf(value: Value | undefined, type: ValueType): string {
  if (value === undefined || value === null) return ''
  switch (controlFor(type)) {
    case 'lines':
      return Array.isArray(value) ? value.map((item: Value) => addressOf(item)).join('\n') : ''
    case 'json':
      return JSON.stringify(value, null, 2)
    case 'any':
      return typeof value === 'string' && readAny(value) === value ? value : JSON.stringify(value, null, 1)
    case 'date':
      return isDate(value) ? localText(new Date(value.iso)) : ''
    default:
      return addressOf(value)
  }
}

/** The value that was typed for an input, or a sentence about what is wrong. Nothing typed is null. */
export function valueOf(text: string, input: FlowInput): { readonly value: Value } | { readonly problem: string } {
  const { name, type } = input
  if (text.trim() === '') {
    if (type === 'Text' && !input.required) return { value: text === '' ? null : text }
    return input.required ? { problem: `“${name}” is required: enter a value.` } : { value: null }
  }
  switch (controlFor(type)) {
    case 'text':
      return { value: type === 'Email' ? { address: text.trim() } : text }
    case 'number':
      return numberOf(text, name)
    case 'boolean':
      return { value: text === 'true' }
    case 'date': {
      const date = new Date(text)
      return Number.isNaN(date.getTime())
        ? { problem: `“${name}” must be a date and a time, such as 2026-03-01 09:00.` }
        : { value: { $type: 'Date', iso: date.toISOString() } }
    }
    case 'lines':
      return linesOf(text, type, name)
    case 'any':
      return { value: readAny(text) }
    case 'json':
      return jsonOf(text, type, name)
  }
}

/** Numbers, yes and no as JSON writes them, lists and records are what they look like; all else is a text as it stands. */
function readAny(text: string): Value {
  if (!/^\s*([-\d"[{]|(true|false|null)\s*$)/.test(text)) return text
  try {
    return JSON.parse(text) as Value
  } catch {
    return text
  }
}

function numberOf(text: string, name: string): { value: number } | { problem: string } {
  const number = Number(text)
  return Number.isFinite(number) ? { value: number } : { problem: `“${name}” must be a number, not “${text.trim()}”.` }
}

function linesOf(text: string, type: ValueType, name: string): { value: Value } | { problem: string } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (type === 'List of Email') return { value: lines.map((address) => ({ address })) }
  if (type === 'List of Text') return { value: lines }
  const bad = lines.find((line) => !Number.isFinite(Number(line)))
  return bad === undefined
    ? { value: lines.map(Number) }
    : { problem: `Each line of “${name}” must be a number: “${bad}” is none.` }
}

function jsonOf(text: string, type: ValueType, name: string): { value: Value } | { problem: string } {
  let value: Value
  try {
    value = JSON.parse(text) as Value
  } catch {
    return {
      problem: `“${name}” must be written as JSON, such as ${type.startsWith('List') ? '["a", "b"]' : '{"a": 1}'}.`
    }
  }
  if (type.startsWith('List') && !Array.isArray(value)) return { problem: `“${name}” must be a list: [ ... ].` }
  return { value }
}

function addressOf(value: Value): string {
  if (typeof value === 'string') return value
  if (isRecord(value) && typeof value['address'] === 'string') return value['address']
  return JSON.stringify(value)
}

const isDate = (value: Value): value is { $type: 'Date'; iso: string } =>
  typeof value === 'object' && value !== null && '$type' in value && value.$type === 'Date'

function localText(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
