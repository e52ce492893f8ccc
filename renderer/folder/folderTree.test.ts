import { expect, test } from 'vitest'
import type { FlowEntry, FolderListing } from '../../electron/ipc/contract.ts'
import { flowNamesIn, flowsUnder, folderNamesIn, folderTree, parentOf, placeOf } from './folderTree.ts'

const flow = (path: string): FlowEntry => ({ path, name: path, editedAt: 0, hasDraft: false })
const listing: FolderListing = {
  trusted: true,
  name: 'Newsletter',
  folders: [
    { path: '', name: 'Newsletter', flows: [flow('a')] },
    { path: 'Maintenance', name: 'Maintenance', flows: [flow('Maintenance/b')] },
    { path: 'Maintenance/Old', name: 'Old', flows: [flow('Maintenance/Old/c')] },
    { path: 'Maintenance 2', name: 'Maintenance 2', flows: [] }
  ]
}

test('the tree nests folders, counts the flows under them and lists those of sub-folders', () => {
  const [root] = folderTree(listing)
  expect(root).toMatchObject({ label: 'Newsletter', note: 3 })
  expect(root?.children?.map(({ label, note }) => [label, note])).toEqual([
    ['Maintenance', 2],
    ['Maintenance 2', 0]
  ])
  expect(root?.children?.[0]?.children?.map(({ id }) => placeOf(id))).toEqual([
    { kind: 'folder', path: 'Maintenance/Old' },
    { kind: 'flow', path: 'Maintenance/b' }
  ])
})

test('a folder holds what is in and under it, not what only begins with the same letters', () => {
  expect(flowsUnder(listing, 'Maintenance').map(({ path }) => path)).toEqual(['Maintenance/b', 'Maintenance/Old/c'])
  expect(flowsUnder(listing, 'Maintenance 2')).toEqual([])
  expect(flowNamesIn(listing, 'Maintenance')).toEqual(['Maintenance/b'])
  expect(folderNamesIn(listing, '')).toEqual(['Maintenance', 'Maintenance 2'])
})

test('the parent of a path at the top is the Designer Folder', () => {
  expect([parentOf('a'), parentOf('Maintenance/Old/c')]).toEqual(['', 'Maintenance/Old'])
})
