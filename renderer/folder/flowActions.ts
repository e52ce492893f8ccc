import type { FlowEntry, FlowTemplate } from '../../electron/ipc/contract.ts'
import type { StudioState } from '../shell/studioState.svelte.ts'
import { request } from '../studio.ts'

/** What the Designer Folder does with its flows. Each shows its own failure as a toast and reads the folder afterwards. */

/** Makes a flow in `folder` and opens it. */
export async function createFlow(studio: StudioState, folder: string, name: string, from: FlowTemplate): Promise<void> {
  await studio.attempt(async () => {
    const made = await request('flow:create', folder, name, from)
    await studio.refresh()
    studio.tabs.open(made.path, made.name)
  })
}

/** Renames a flow and its file. Refused while its tab has unsaved edits, which belong to the old file. */
export async function renameFlow(studio: StudioState, flow: FlowEntry, name: string): Promise<void> {
  if (name === flow.name) return
  const tab = studio.tabs.flows.find(({ path }) => path === flow.path)
  if (tab?.dirty) {
    studio.toasts.show(`“${flow.name}” has unsaved edits in its tab: save them first, then rename it.`, 'fail')
    return
  }
  await studio.attempt(async () => {
    await request('flow:rename', flow.path, name)
    studio.tabs.close(flow.path)
    await studio.refresh()
  })
}

export async function duplicateFlow(studio: StudioState, flow: FlowEntry): Promise<void> {
  await studio.attempt(async () => {
    await request('flow:duplicate', flow.path)
    await studio.refresh()
  })
}

/** Deletes a flow; a toast offers to bring it back. */
export async function deleteFlow(studio: StudioState, flow: FlowEntry): Promise<void> {
  await studio.attempt(async () => {
    const { token, name } = await request('flow:delete', flow.path)
    studio.tabs.close(flow.path)
    await studio.refresh()
    const undo = () =>
      void studio.attempt(async () => {
        await request('flow:restore', token)
        await studio.refresh()
      })
    studio.toasts.show(`“${name}” was deleted.`, 'info', { label: 'Undo', run: undo })
  })
}
