/** The sentences of the desktop part: main process, dialogs and menus. */

export const badRequest = (request: string, at: string) =>
  `The studio's window sent a request “${request}” that does not make sense${at && ` (at ${at})`}. Nothing was changed. Close the window and open it again.`

export const strangerRefused = (url: string) =>
  `A page that is not the studio's own (“${url || 'unknown'}”) asked for something and was refused.`

export const unexpected = (request: string) =>
  `Something went wrong inside the studio while it worked on “${request}”. Try it once more. If it happens again, Help > Show Log has the details.`

export const runnerDown = () =>
  'The part of the studio that runs flows went down while it started this run, and is being started again. Try again in a moment.'

export const mailMissing = (file: string) => `The mail “${file}” is not in this run's outbox any more.`

export const outboxElsewhere = () =>
  'The outbox of this run is a link to another place, which is not followed. Open that place in the file manager if you know it.'

/** The question when the window closes while runs are going on. */
export const flowsGoingOn = (count: number) => ({
  message: count === 1 ? 'A flow is still running.' : `${count} flows are still running.`,
  detail:
    count === 1
      ? 'It can finish in the background: the window closes now, and the studio ends when the flow has settled. Or it is kept: it stops where it is, and goes on when the studio is started again.'
      : 'They can finish in the background: the window closes now, and the studio ends when all of them have settled. Or they are kept: they stop where they are, and go on when the studio is started again.'
})

export const closingChoices = {
  finish: 'Finish in Background',
  keep: 'Keep for Next Start',
  stop: 'Stop and Quit',
  stay: 'Keep Window Open'
}

export const finishedInBackground = () => 'All flows have settled. The studio has ended.'

/** What the operating system's error codes mean for people; `name` is the file's, if it is known. */
export function systemRefusal(code: string, name: string): { code: string; message: string } | undefined {
  const thing = name ? `“${name}”` : 'the file'
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'disk-full',
        message: `There is no room left on the disk for ${thing}. What was there before is unchanged. Make room, then try again.`
      }
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'no-permission',
        message: `You may not change ${thing}: the system says that it belongs to someone else or is write-protected. Change its permissions, or open another Designer Folder.`
      }
    case 'EROFS':
      return {
        code: 'read-only',
        message: `${capital(thing)} cannot be written: the disk can only be read, or its folder is gone. Open a Designer Folder on another disk to make changes.`
      }
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        code: 'file-missing',
        message: `${capital(thing)} is not there any more. It may have been moved or deleted outside the studio.`
      }
    case 'EMFILE':
    case 'ENFILE':
      return {
        code: 'too-many-files',
        message: 'The system has too many files open. Close some programs, then try again.'
      }
    case 'EIO':
      return {
        code: 'disk-broken',
        message: `The disk could not read or write ${thing}. Check the disk, then try again.`
      }
    default:
      return undefined
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export const runMissing = () =>
  'This run is not in the Process Folder of the open Designer Folder any more. Its folder may have been moved or deleted.'

export const folderMissing = (folder: string) =>
  `The Designer Folder “${folder}” is not there. Put it back, or choose another one (File > Open Designer Folder).`

export const flowMissing = (path: string) =>
  `There is no flow “${path}” in the Designer Folder any more. It may have been moved or deleted outside the studio.`

export const missingFolderQuestion = (folder: string) => ({
  message: 'The Designer Folder is not there.',
  detail: `“${folder}” cannot be found. It may have been moved, renamed or deleted, or be on a disk that is not connected. Nothing was changed.`
})

export const missingFolderChoices = { choose: 'Choose Folder…', samples: 'Open Samples', later: 'Not Now' }

export const chooseFolder = () => 'Open Designer Folder'

export const chooseDocument = () => 'Choose Document'

export const documentTypes = () => [
  { name: 'Lists and texts', extensions: ['csv', 'tsv', 'txt'] },
  { name: 'All files', extensions: ['*'] }
]

export const documentOutside = (document: string) =>
  `“${document}” leads out of the Designer Folder. Write a path relative to the flow's folder, or choose the document.`

export const sampleMissing = (name: string) =>
  `The sample “${name}” is missing from this installation, so that no flow can begin as a copy of it. Create an empty flow, or install the studio again.`

export const couldNotStart = (reason: string) =>
  `The run could not be started because of an error in the studio: ${reason}`

/** The notification when a background thread failed. */
export const backgroundFailed = (flow: string, step: string | undefined) => ({
  title: `“${flow}”: the background failed`,
  body: `The reply had been given; afterwards ${step ? `“${step}”` : 'a step'} failed. Open Runs to see why.`
})

/** Of a build that was not made with the runtime it is tested with. */
export const otherElectron = (version: string, pin: string): string =>
  `BUILT WITH ELECTRON ${version} INSTEAD OF ${pin}`

export const documentNoText = (document: string): string =>
  `“${document}” is no text. Save it as text or CSV (UTF-8) and choose it again.`
