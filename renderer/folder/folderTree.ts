import type { FlowEntry, FolderEntry, FolderListing } from '../../electron/ipc/contract.ts'
import type { TreeItem } from '../ui/treeItem.ts'

/** The flows in a folder and everywhere under it. */
export function flowsUnder(listing: FolderListing, path: string): readonly FlowEntry[] {
  return listing.folders.filter((folder) => isUnder(folder.path, path)).flatMap((folder) => folder.flows)
}

/**
 * The tree at the side: folders with the number of flows in and under them. Sub-folders list their flows as well; those of
 * the Designer Folder itself are what the screen shows anyway.
 */
export function folderTree(listing: FolderListing): TreeItem[] {
  const item = (folder: FolderEntry): TreeItem => ({
    id: folderId(folder.path),
    label: folder.name,
    icon: 'folder',
    openIcon: folder.path === '' ? 'folder-open' : 'folder',
    note: flowsUnder(listing, folder.path).length,
    children: [
      ...listing.folders.filter((child) => child.path !== '' && parentOf(child.path) === folder.path).map(item),
      ...(folder.path === ''
        ? []
        : folder.flows.map((flow) => ({ id: flowItemId(flow.path), label: flow.name, icon: 'workflow' })))
    ]
  })
  const root = listing.folders.find((folder) => folder.path === '') ?? { path: '', name: listing.name, flows: [] }
  return [{ ...item(root), label: listing.name, icon: 'folder-open' }]
}

/** Tree ids of folders and flows, told apart so that they can be told back. */
export const folderId = (path: string) => `folder:${path}`
const flowItemId = (path: string) => `flow:${path}`

/** What a tree id stands for. */
export function placeOf(id: string): { readonly kind: 'folder' | 'flow'; readonly path: string } {
  const at = id.indexOf(':')
  return { kind: id.startsWith('flow:') ? 'flow' : 'folder', path: id.slice(at + 1) }
}

/** The names of the flows that lie directly in a folder. */
export function flowNamesIn(listing: FolderListing, path: string): readonly string[] {
  return listing.folders.find((folder) => folder.path === path)?.flows.map((flow) => flow.name) ?? []
}

/** The names of the folders that lie directly in a folder. */
export function folderNamesIn(listing: FolderListing, path: string): readonly string[] {
  return listing.folders
    .filter((folder) => folder.path !== '' && parentOf(folder.path) === path)
    .map(({ name }) => name)
}

/** The path of the folder that holds a folder or a flow; '' is the Designer Folder itself. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf('/')
  return at < 0 ? '' : path.slice(0, at)
}

const isUnder = (path: string, folder: string) => folder === '' || path === folder || path.startsWith(`${folder}/`)
