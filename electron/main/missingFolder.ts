import { existsSync } from 'node:fs'
import { dialog } from 'electron'
import { chooseFolder, missingFolderChoices, missingFolderQuestion } from '../messages.ts'
import type { StudioWindow } from './studioWindow.ts'

/**
 * When the Designer Folder is not there, tells so and lets people choose another one or take the samples. Resolves with
 * the folder to open; undefined when it is there after all, or they do not want to choose now.
 */
export async function replaceMissingFolder(
  window: StudioWindow,
  root: string,
  samples: () => Promise<string>
): Promise<string | undefined> {
  if (existsSync(root)) return undefined
  const { response } = await window.dialog((parent) =>
    dialog.showMessageBox(parent, {
      type: 'warning',
      ...missingFolderQuestion(root),
      buttons: [missingFolderChoices.choose, missingFolderChoices.samples, missingFolderChoices.later],
      defaultId: 0,
      cancelId: 2,
      noLink: true
    })
  )
  if (response === 1) return samples()
  if (response !== 0) return undefined
  const { filePaths } = await window.dialog((parent) =>
    dialog.showOpenDialog(parent, { title: chooseFolder(), properties: ['openDirectory', 'createDirectory'] })
  )
  return filePaths[0]
}
