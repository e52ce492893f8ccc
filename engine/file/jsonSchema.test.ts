import { expect, test } from 'vitest'
import { jsonSchema } from './jsonSchema.ts'

test('resources/flow.schema.json is current (write it anew with: npx vitest run engine/file -u)', async () => {
  await expect(jsonSchema()).toMatchFileSnapshot('../../resources/flow.schema.json')
})
