import { z } from 'zod'
import { fileShape } from './fileShape.ts'

/** The text of the JSON Schema of flow files, published as resources/flow.schema.json for text editors. */
export function jsonSchema(): string {
  const schema = z.toJSONSchema(fileShape, { io: 'input', unrepresentable: 'any', reused: 'inline' })
  return `${JSON.stringify({ title: 'Tailrace flow', ...schema }, null, 2)}\n`
}
