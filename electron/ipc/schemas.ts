import { z } from 'zod'
import type {
  Flow,
  FlowDocument,
  Layout,
  Mapping,
  OutputMapping,
  Step,
  Value,
  ValueRecord
} from '../../engine/index.ts'
import type { RequestName, Requests, Settings } from './contract.ts'
import { isRelativePath, longestPath } from './relativePath.ts'

/** Checks the arguments of every request. They were found to be plain data of bearable weight before (isPlainData). */
type Schemas = { readonly [N in RequestName]: z.ZodType<Parameters<Requests[N]>> }

const name = z.string().max(500)
const path = z.string().max(longestPath).refine(isRelativePath)
/** A folder's path; '' is the Designer Folder itself. */
const folder = z.union([z.literal(''), path])
/** As people write it beside a flow: the handler says what is wrong with it. */
const document = z.string().max(longestPath)
const hash = z.string().max(200)
/** Names one run; also the name of a folder in some stores, hence no path characters. */
const run = z
  .string()
  .max(200)
  .refine((id) => isRelativePath(id) && !id.includes('/'))
const fileName = z.string().refine((file) => isRelativePath(file) && !file.includes('/'))

const value = z.custom<Value>((given) => given !== undefined)
const values: z.ZodType<ValueRecord> = z.record(name, value)

/** Which kinds there are is the engine's business: files and runs check that, with better words. */
const mapping = z.custom<Mapping>(
  (given) => typeof given === 'object' && given !== null && 'kind' in given && typeof given.kind === 'string'
)

const outputMapping = z.custom<OutputMapping>(
  (given) => typeof given === 'object' && given !== null && 'kind' in given && typeof given.kind === 'string'
)

const step: z.ZodType<Step> = z.looseObject({
  id: name.min(1),
  type: name.min(1),
  name,
  settings: values,
  inputs: z.record(name, mapping),
  outputs: z.record(name, outputMapping).exactOptional(),
  note: z.string().exactOptional(),
  disabled: z.boolean().exactOptional(),
  timeout: z.number().exactOptional(),
  retry: z.looseObject({ attempts: z.number(), wait: z.number(), factor: z.number() }).exactOptional(),
  noData: z.boolean().exactOptional()
})

const valueType = z.custom<Flow['inputs'][number]['type']>((given) => typeof given === 'string' && given.length < 100)

const flow: z.ZodType<Flow> = z.looseObject({
  id: name.min(1),
  name,
  description: z.string().exactOptional(),
  inputs: z.array(
    z.looseObject({
      name,
      type: valueType,
      required: z.boolean().exactOptional(),
      initial: value.exactOptional()
    })
  ),
  outputs: z.array(z.looseObject({ name, type: valueType })),
  variables: z.array(z.looseObject({ name, type: valueType, initial: value.exactOptional() })).exactOptional(),
  running: z
    .looseObject({
      recording: z.enum(['full', 'summary']).exactOptional(),
      durability: z.enum(['debug', 'standard', 'strict']).exactOptional(),
      afterRestart: z.enum(['resume', 'ask', 'leave']).exactOptional()
    })
    .exactOptional(),
  steps: z.array(step).max(20_000),
  connections: z.array(z.looseObject({ from: name, outcome: name, to: name })).max(100_000)
})

const layout: z.ZodType<Layout> = z.record(name, z.looseObject({ x: z.number(), y: z.number() }))

export const flowDocument: z.ZodType<FlowDocument> = z.looseObject({ flow, layout })

const account = z.object({
  name: name.min(1),
  host: name,
  port: z.int().min(1).max(65_535),
  secure: z.boolean(),
  user: name
})

/** The settings as they are kept. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  mail: name.min(1),
  accounts: z.array(account).max(100),
  retention: z
    .object({ perFlow: z.int().min(1).max(100_000).exactOptional(), days: z.int().min(1).max(36_500).exactOptional() })
    .exactOptional()
}) satisfies z.ZodType<Settings>

const settingsChange: z.ZodType<Partial<Settings>> = z.object({
  theme: settingsSchema.shape.theme.exactOptional(),
  mail: settingsSchema.shape.mail.exactOptional(),
  accounts: settingsSchema.shape.accounts.exactOptional(),
  retention: settingsSchema.shape.retention
})

export const schemas: Schemas = {
  'folder:read': z.tuple([]),
  'folder:choose': z.tuple([]),
  'folder:trust': z.tuple([]),
  'folder:create': z.tuple([path]),
  'flow:read': z.tuple([path]),
  'flow:save': z.tuple([path, flowDocument, hash]),
  'flow:keep-draft': z.tuple([path, flowDocument, hash]),
  'flow:drop-draft': z.tuple([path]),
  'flow:create': z.tuple([folder, name, z.enum(['empty', 'send-emaillist'])]),
  'flow:rename': z.tuple([path, name]),
  'flow:duplicate': z.tuple([path]),
  'flow:delete': z.tuple([path]),
  'flow:restore': z.tuple([hash]),
  'document:columns': z.tuple([path, document]),
  'document:choose': z.tuple([path]),
  'run:start': z.tuple([z.object({ path, document: flowDocument, inputs: values })]),
  'run:cancel': z.tuple([run]),
  'run:cancel-thread': z.tuple([run, z.int().min(0)]),
  'run:signal': z.tuple([run, name.min(1), value]),
  'run:resume': z.tuple([run, z.enum(['ask', 'retry', 'skip'])]),
  'run:leave': z.tuple([run]),
  'run:read': z.tuple([run]),
  'run:list': z.union([z.tuple([]), z.tuple([path])]),
  'run:show-folder': z.union([z.tuple([]), z.tuple([run])]),
  'outbox:list': z.tuple([run]),
  'outbox:read': z.tuple([run, fileName]),
  'settings:read': z.tuple([]),
  'settings:change': z.tuple([settingsChange]),
  'window:command': z.tuple([z.enum(['minimize', 'maximize', 'close'])])
}
