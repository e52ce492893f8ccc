import { type FlowDocument, builtInSteps } from '../../engine/index.ts'
import { calledBy } from '../../engine/host/index.ts'
import type { OpenFlow } from '../ipc/contract.ts'
import { besideFlow } from '../ipc/relativePath.ts'
import type { Drafts } from './drafts.ts'
import type { OpenFolder } from './openFolder.ts'
import type { Runs } from './runs.ts'

/** A flow for the Flow Designer: its file, unsaved edits, and the flows that it calls. */
export async function openFlow(path: string, folder: OpenFolder, drafts: Drafts, runs: Runs): Promise<OpenFlow> {
  const { document, hash } = await folder.flows.read(path)
  const draft = await drafts.read(folder.root, path)
  const lastRun = (await runs.list(folder.root)).find(({ flow }) => flow === path)
  return {
    path,
    document,
    hash,
    ...(draft && { draft }),
    children: await childrenOf(path, draft ? [document, draft.document] : [document], folder),
    ...(lastRun && { lastRun })
  }
}

/** The flows that the steps of `documents` call, by the path as the steps write it; those that cannot be read are left out. */
async function childrenOf(path: string, documents: readonly FlowDocument[], folder: OpenFolder) {
  const children: { [path: string]: FlowDocument['flow'] } = {}
  const written = new Set(documents.flatMap(({ flow }) => calledBy(flow, builtInSteps)))
  for (const child of written) {
    const at = besideFlow(path, child)
    const found = at === undefined ? undefined : await folder.flows.read(at).catch(() => undefined)
    if (found) children[child] = found.document.flow
  }
  return children
}
