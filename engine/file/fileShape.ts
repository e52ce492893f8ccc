import { z } from 'zod'
import { type FileField, type FileFields, inLines, mappingKinds, outputKinds } from '../mapping/index.ts'
import { type Mapping, type OutputMapping, type Value, type ValueType, itemTypes } from '../model/index.ts'
import { currentVersion } from './migrations/index.ts'

// Before the first shape is made: the window's content security policy forbids code made from text.
z.config({ jitless: true })

/** What `format` says in every flow file. */
export const formatName = 'tailrace-flow'

const value = z.custom<Value>((data) => data !== undefined, { error: 'value' }).describe('Any JSON value')
const text = z.string()
const id = text.min(1)
const lines = z.array(text).describe('A text of several lines, one item each')

const valueTypes = itemTypes.flatMap((item): ValueType[] => [item, `List of ${item}`])
const type = z.enum(valueTypes)

/** The shape of what a field of a mapping holds. */
function fieldShape(field: FileField): z.ZodType {
  switch (field.holds) {
    case 'text':
      return text
    case 'lines':
      return text.exactOptional()
    case 'value':
      return value.exactOptional()
    case 'choice':
      return z.enum(field.choices).default(field.initial)
    case 'mappings':
      return z.array(z.lazy(() => mapping))
    case 'named mappings':
      return z.record(
        text,
        z.lazy(() => mapping)
      )
  }
}

/** The shape of the mappings of one kind. What was written in lines is put together. */
function kindShape<M>(kind: string, fields: FileFields, made: z.ZodType<M, Kind>) {
  const shapes: Record<string, z.ZodType> = {}
  for (const [name, field] of Object.entries(fields)) {
    shapes[name] = fieldShape(field)
    if (inLines(field)) shapes['lines'] = lines.exactOptional()
  }
  const shape = z.looseObject({ kind: z.literal(kind), ...shapes })
  const [whole] = Object.entries(fields).find(([, field]) => inLines(field)) ?? []
  if (whole === undefined) return shape.pipe(made)
  return shape
    .refine((read) => (read[whole] === undefined) !== (read['lines'] === undefined), { error: `${whole}|lines` })
    .transform(({ lines: several, ...rest }) =>
      Array.isArray(several) ? { ...rest, [whole]: several.join('\n') } : rest
    )
    .pipe(made)
}

/** What a shape lets through before it counts as a mapping: the type of `fields` sees to it that it is one. */
type Kind = { readonly [field: string]: unknown; readonly kind: string }

function kindShapes<M>(kinds: { readonly [kind: string]: { readonly fields: FileFields } }, made: z.ZodType<M, Kind>) {
  return Object.entries(kinds).map(([kind, { fields }]) => kindShape(kind, fields, made))
}

const { unset, ...otherKinds } = mappingKinds
const madeMapping = z.custom<Mapping>()
const mapping: z.ZodType<Mapping> = z
  .discriminatedUnion('kind', [kindShape('unset', unset.fields, madeMapping), ...kindShapes(otherKinds, madeMapping)])
  .meta({ id: 'mapping', description: 'How one input gets its value' })

const { rename, ...otherOutputKinds } = outputKinds
const madeOutputMapping = z.custom<OutputMapping>()
const outputMapping = z
  .discriminatedUnion('kind', [
    kindShape('rename', rename.fields, madeOutputMapping),
    ...kindShapes(otherOutputKinds, madeOutputMapping)
  ])
  .describe('Where one output goes; without one it keeps its name')

const retry = z
  .looseObject({
    attempts: z.number().describe('How often it is tried at most, the first time included'),
    wait: z.number().describe('Seconds before the second attempt'),
    factor: z.number().describe('By how much each wait is longer than the one before')
  })
  .describe('The step is tried again when it fails')

const step = z
  .looseObject({
    id,
    type: id.describe('The kind of step'),
    name: text,
    note: text.exactOptional(),
    disabled: z.boolean().exactOptional(),
    timeout: z.number().exactOptional().describe('How long the step may take, in seconds'),
    retry: retry.exactOptional(),
    noData: z.boolean().exactOptional().describe('Whether the step has the outcome No Data'),
    settings: z.record(text, value).default({}).describe('Settings that differ from the initial ones'),
    inputs: z.record(text, mapping).default({}),
    outputs: z.record(text, outputMapping).exactOptional()
  })
  .describe('One use of a kind of step')

const connection = z
  .looseObject({ from: id, outcome: text, to: id })
  .describe('When step `from` ends with `outcome`, go on at step `to`')

const flowInput = z.looseObject({
  name: text,
  type,
  required: z.boolean().exactOptional(),
  initial: value.exactOptional()
})

const flowVariable = z
  .looseObject({ name: text, type, initial: value.exactOptional() })
  .describe('A value that steps of the flow may set and read')

const running = z
  .looseObject({
    recording: z.enum(['full', 'summary']).exactOptional().describe('How much of a run its journal keeps'),
    durability: z.enum(['debug', 'standard', 'strict']).exactOptional().describe('What a run survives'),
    afterRestart: z
      .enum(['resume', 'ask', 'leave'])
      .exactOptional()
      .describe('What happens to an interrupted run when the studio starts again')
  })
  .describe("How the flow's runs are carried out")

const flow = z.looseObject({
  id: id.describe('Names the flow for good, also after it was renamed'),
  name: text,
  description: text.exactOptional(),
  inputs: z.array(flowInput).default([]),
  outputs: z.array(z.looseObject({ name: text, type })).default([]),
  variables: z.array(flowVariable).exactOptional(),
  running: running.exactOptional(),
  steps: z.array(step).default([]),
  connections: z.array(connection).default([])
})

/** A flow file of today's version. What it does not name is let through and kept. */
export const fileShape = z.looseObject({
  format: z.literal(formatName),
  version: z.literal(currentVersion),
  flow,
  layout: z
    .record(text, z.looseObject({ x: z.number(), y: z.number() }))
    .default({})
    .describe('The top left corner of each step on the canvas, in pixels')
})
