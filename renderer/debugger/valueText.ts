import { type Value, isRecord } from '../../engine/index.ts'
import { formatCount } from '../ui/formatCount.ts'

/** A value in two parts: what kind of thing it is, where that is not plain, and the thing in few words. */
export interface ValueText {
  /** 'List of Email', 'HTML', 'Record'; empty for texts, numbers and the like. */
  readonly kind: string
  readonly text: string
}

/** How `value` is told on one line. `type` is what it was declared as. */
export function valueText(value: Value | undefined, type?: string): ValueText {
  if (value === undefined) return { kind: '', text: 'not set' }
  if (value === null) return { kind: '', text: 'null' }
  if (typeof value === 'string') return { kind: '', text: value === '' ? '“”' : value }
  if (typeof value === 'number') return { kind: '', text: formatNumber(value) }
  if (typeof value === 'boolean') return { kind: '', text: value ? 'yes' : 'no' }
  if (!isRecord(value)) return { kind: type?.startsWith('List of') ? type : 'List of', text: formatCount(value.length) }
  if (value.$type === 'Date' && typeof value.iso === 'string') return { kind: 'Date', text: value.iso }
  if (value.$type === 'File' && typeof value.name === 'string') return { kind: 'File', text: value.name }
  if (value.$type === 'Template' && Array.isArray(value.parts))
    return { kind: value.format === 'html' ? 'HTML' : '', text: templateText(value.parts) }
  if (typeof value.address === 'string') return { kind: '', text: value.address }
  const known = Object.entries(value).flatMap(([name, each]) => (isPlain(each) ? [`${name}: ${each}`] : []))
  return { kind: 'Record', text: known.join(', ') }
}

/** `value` on one line, without its kind. */
export const preview = (value: Value): string => valueText(value).text

/** What lies inside a value, by name or number; undefined when there is nothing to open. */
export function partsOf(value: Value | undefined): readonly (readonly [name: string, value: Value])[] | undefined {
  if (Array.isArray(value)) {
    const list: readonly Value[] = value
    return list.length === 0 ? undefined : list.map((each, index) => [String(index + 1), each])
  }
  if (!isRecord(value)) return typeof value === 'string' && isLong(value) ? [['', value]] : undefined
  if (value.$type === 'Date') return undefined
  if (value.$type === 'Template') return [['', preview(value)]]
  const parts = Object.entries(value).filter(([name]) => name !== '$type')
  return parts.length === 0 ? undefined : parts
}

const isPlain = (value: Value): value is string | number | boolean => value !== null && typeof value !== 'object'

/** Too long for one line. */
const isLong = (text: string): boolean => text.length > 36 || text.includes('\n')

const formatNumber = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : value.toLocaleString('en-US', { maximumFractionDigits: 6 })

function templateText(parts: readonly Value[]): string {
  return parts
    .map((part) => (isRecord(part) && typeof part.field === 'string' ? `{{${part.field}}}` : isPlain(part) ? part : ''))
    .join('')
}
