import { copyFile, constants, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Flow, type FlowDocument, builtInSteps } from '../../engine/index.ts'
import { designerFolder } from '../../engine/host/index.ts'
import type { FlowTemplate } from '../ipc/contract.ts'
import { besideFlow } from '../ipc/relativePath.ts'
import { Refusal } from '../ipc/refusal.ts'
import { sampleMissing } from '../messages.ts'

const sampleName = 'Send EmailList Flow'

/** What a new flow begins with. */
export interface Template {
  readonly document: FlowDocument
  /** Copies the documents that it reads to where the new flow lies (absolute folder); none is overwritten. */
  bringDocuments(to: string): Promise<void>
}

/** `samples`: the sample Designer Folder, absolute. `id`: of the new flow. */
export async function flowTemplate(from: FlowTemplate, id: string, name: string, samples: string): Promise<Template> {
  if (from === 'empty') return { document: emptyFlow(id, name), bringDocuments: () => Promise.resolve() }
  const folders = await designerFolder(samples, () => id)
    .list()
    .catch(() => [])
  const sample = folders.flatMap(({ flows }) => flows).find((flow) => flow.name === sampleName)
  if (!sample?.document) throw new Refusal('sample-missing', sampleMissing(sampleName))
  const { flow, layout } = sample.document
  const documents = documentsOf(flow)
  return {
    document: { flow: { ...flow, id, name }, layout },
    async bringDocuments(to) {
      for (const document of documents) {
        const path = besideFlow(sample.path, document)
        if (path === undefined || document.includes('..')) continue
        await mkdir(dirname(join(to, document)), { recursive: true })
        await copyFile(join(samples, path), join(to, document), constants.COPYFILE_EXCL).catch(() => undefined)
      }
    }
  }
}

/** Start and End Step, connected. */
function emptyFlow(id: string, name: string): FlowDocument {
  return {
    flow: {
      id,
      name,
      inputs: [],
      outputs: [],
      steps: [
        { id: 'start', type: 'start', name: 'Start', settings: {}, inputs: {} },
        { id: 'end-step', type: 'end', name: 'End Step', settings: {}, inputs: {} }
      ],
      connections: [{ from: 'start', outcome: 'Done', to: 'end-step' }]
    },
    layout: { start: { x: 80, y: 200 }, 'end-step': { x: 480, y: 200 } }
  }
}

/** The files that the steps of a flow read, as they write them. */
function documentsOf(flow: Flow): string[] {
  return flow.steps.flatMap((step) => {
    const inputs = builtInSteps.find(({ type }) => type === step.type)?.inputs ?? {}
    return Object.entries(step.inputs)
      .filter(([name, mapping]) => inputs[name]?.document && mapping.kind === 'constant')
      .map(([, mapping]) => (mapping.kind === 'constant' && typeof mapping.value === 'string' ? mapping.value : ''))
      .filter((document) => document !== '')
  })
}
