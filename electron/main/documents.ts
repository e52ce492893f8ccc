import { constants, copyFile, realpath } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { dialog } from 'electron'
import { StepFailure, readTable } from '../../engine/index.ts'
import { decodeText, fileDocuments, pathInside, systemDisk } from '../../engine/host/index.ts'
import type { DocumentPreview } from '../ipc/contract.ts'
import { besideFlow, folderOf, isRelativePath } from '../ipc/relativePath.ts'
import { Refusal } from '../ipc/refusal.ts'
import { chooseDocument, documentNoText, documentOutside, documentTypes } from '../messages.ts'
import type { StudioWindow } from './studioWindow.ts'

/** So much of a document is looked at, in bytes. */
const looked = 2_000_000

/** The column heads and the number of rows of a text or CSV document that the steps of `flow` name `document`. */
export async function previewDocument(root: string, flow: string, document: string): Promise<DocumentPreview> {
  const none = { columns: [], rows: 0 }
  if (document.trim() === '') return none
  const path = besideFlow(flow, document)
  if (path === undefined) return { ...none, problem: documentOutside(document) }
  try {
    // There is no run, and a path as text is never looked for in a process folder.
    const documents = fileDocuments(root, root)
    const file = await documents.locate(path)
    const start = await systemDisk.readRange(file, 0, looked)
    if (start.length < looked) {
      const { columns, rows } = readTable(await documents.readText(path), document)
      return { columns, rows: rows.length }
    }
    // Of a long one only the start, up to the end of a line: this process has a window to serve.
    const text = decodeText(start.subarray(0, start.lastIndexOf(0x0a) + 1))
    if (text === undefined) return { ...none, problem: documentNoText(document) }
    const { columns, rows } = readTable(text, document)
    return { columns, rows: rows.length, more: true }
  } catch (error) {
    if (error instanceof StepFailure) return { ...none, problem: error.message }
    throw error
  }
}

/**
 * Lets the person choose a document for `flow`. Answers its path relative to the flow's folder; a file from outside the
 * Designer Folder is copied beside the flow. Undefined when they changed their mind.
 */
export async function askForDocument(window: StudioWindow, root: string, flow: string): Promise<string | undefined> {
  const home = await pathInside(root, folderOf(flow))
  if (home === undefined) throw new Refusal('document-outside', documentOutside(folderOf(flow)))
  const { filePaths } = await window.dialog((parent) =>
    dialog.showOpenDialog(parent, {
      title: chooseDocument(),
      defaultPath: home,
      filters: documentTypes(),
      properties: ['openFile']
    })
  )
  const [chosen] = filePaths
  if (!chosen) return undefined
  const inside = pathUnder(await realpath(root), await realpath(chosen))
  if (inside === undefined) return bring(chosen, home)
  const beside = relative(await realpath(home), await realpath(chosen))
    .split(sep)
    .join('/')
  if (besideFlow(flow, beside) === undefined) throw new Refusal('document-outside', documentOutside(basename(chosen)))
  return beside
}

/** Copies a file into `folder`, under a name that is free there, and answers it. */
async function bring(file: string, folder: string): Promise<string> {
  const extension = extname(file)
  const stem = basename(file, extension)
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? `${stem}${extension}` : `${stem} (${copy})${extension}`
    try {
      await copyFile(file, join(folder, name), constants.COPYFILE_EXCL)
      return name
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error
    }
  }
}

/** `file` as seen from `folder`, when it lies in it. Both absolute and real. */
function pathUnder(folder: string, file: string): string | undefined {
  const path = relative(folder, file).split(sep).join('/')
  return isRelativePath(path) && dirname(path) !== '..' ? path : undefined
}
