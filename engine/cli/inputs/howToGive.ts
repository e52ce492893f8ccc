import { type FlowInput, type ItemType, itemTypeOf } from '../../index.ts'
import { quoted } from '../commandLine.ts'

/** A value of each type as people write it. */
const samples: Readonly<Record<ItemType, string>> = {
  Text: 'Hello',
  Number: '12.5',
  Boolean: 'true',
  Date: '2026-03-05',
  File: 'list.csv',
  Email: 'ann@example.com',
  Record: '{"City": "Oslo"}',
  Template: 'Hello',
  Any: '{"City": "Oslo"}'
}

/** What is JSON as it stands; everything else is quoted inside a list. */
const isJson: ReadonlySet<ItemType> = new Set(['Number', 'Boolean', 'Record', 'Any'])

/** How a value for an input is written on the command line: `--input Day=2026-03-05`. */
export function howToGive({ name, type }: Pick<FlowInput, 'name' | 'type'>): string {
  const item = itemTypeOf(type)
  if (item === undefined) return `--input ${quoted(`${name}=${samples[type as ItemType]}`)}`
  const written = isJson.has(item) ? samples[item] : JSON.stringify(samples[item])
  return `--input ${quoted(`${name}=[${written}, ...]`)}`
}
