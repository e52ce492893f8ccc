/** Plain words for what the system says. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'access is not allowed',
  EPERM: 'access is not allowed',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reports an error',
  EBUSY: 'another program is using it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this computer',
  ENOENT: 'it does not exist',
  EISDIR: 'it is a folder',
  ENOTFILE: 'it is no file',
  ELOOP: 'it is a link that is not followed',
  EFBIG: 'it is too large',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its name is too long',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was broken off',
  ETIMEDOUT: 'it did not answer in time',
  ENOTFOUND: 'there is no server of that name',
  EDNS: 'there is no server of that name',
  EHOSTUNREACH: 'there is no way to that server',
  ENETUNREACH: 'there is no way to that server'
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** What can be done about it. */
const remedies: Readonly<Record<string, string>> = {
  EACCES: 'Allow this program to write there',
  EPERM: 'Allow this program to write there',
  EROFS: 'Make the disk writable',
  ENOSPC: 'Make room on the disk',
  EDQUOT: 'Make room on the disk',
  EIO: 'Check the disk',
  EMFILE: 'End other programs, or allow this one more open files',
  ENFILE: 'End other programs',
  EBUSY: 'Close the program that uses it',
  ENOENT: 'Look whether its folder was moved or deleted'
}

/** What to do about a failed call of the system, as the first half of a sentence; '' when nobody can say. */
const remedy = (error: unknown): string => (error instanceof Error ? (remedies[codeOf(error)] ?? '') : '')

/** “Make room on the disk, then save again.” */
const then = (error: unknown, next: string): string => {
  const first = remedy(error)
  return first === '' ? `${next.charAt(0).toUpperCase()}${next.slice(1)}.` : `${first}, then ${next}.`
}

/** Why a call of the system failed, as the second half of a sentence. */
const why = (error: unknown): string =>
  error instanceof Error ? (reasons[codeOf(error)] ?? error.message.replace(/\.$/, '')) : String(error)

const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`

/** What can be done about a journal that is too long. */
const journalRemedy =
  'Set the recording of its flow to summary and let loops end sooner before you run it again; to go on with this one, set TAILRACE_JOURNAL_LIMIT to more megabytes.'

/** What the services of this computer say to people. */
export const hostMessages = {
  why,
  diskTrouble: (error: unknown) => `The run is suspended, because ${why(error)}. ${then(error, 'resume it')}`,

  // Documents
  documentMissing: (document: string, folder: string) =>
    `There is no document “${document}” in the folder “${folder}”. Put it there, or choose another document.`,
  documentOutside: (document: string) =>
    `“${document}” leads out of the Designer Folder. Copy the document into the folder of the flow and choose it there.`,
  documentIsFolder: (document: string) => `“${document}” is a folder. Choose a document.`,
  documentTooLarge: (document: string, size: number, largest: number) =>
    `“${document}” has ${Math.ceil(size / 1e6).toLocaleString('en-US')} MB; at most ${Math.floor(largest / 1e6).toLocaleString('en-US')} MB can be read as text. Split it into several documents.`,
  documentNoText: (document: string) => `“${document}” is no text. Save it as text or CSV (UTF-8) and choose it again.`,
  documentFailed: (document: string, why: string) => `“${document}” cannot be used: ${why}.`,

  // Designer Folder
  pathOutside: (path: string) => `“${path}” leads out of the Designer Folder. Choose something inside it.`,
  linkOutside: (path: string) =>
    `“${path}” is a link that leads out of the Designer Folder, so it is not followed. Put the flow itself into the folder.`,
  nameUnusable: (path: string) =>
    `“${path}” has a name that not every computer can read, so it is not opened. Rename it: leave out backslashes and what is not UTF-8.`,
  noFlowFile: (path: string) => `“${path}” is no flow file: their names end with .flow.json.`,
  flowMissing: (path: string) => `There is no flow “${path}”. It may have been moved, renamed or deleted.`,
  flowUnreadable: (path: string, why: string) => `The flow “${path}” cannot be read: ${why}`,
  flowNotSaved: (path: string, error: unknown) =>
    `The flow “${path}” could not be saved: ${why(error)}. ${then(error, 'save again')}`,
  flowChanged: (path: string) =>
    `“${path}” was changed by another program since you opened it. Nothing was written. Open it again to see what changed, or save yours under another name.`,
  nameEmpty: 'A flow needs a name. Type one.',
  nameTaken: (file: string) => `There is already a file “${file}” in this folder. Choose another name.`,
  folderName: (path: string) =>
    `“${path}” cannot be the name of a folder. Leave out \\ : * ? " < > | and dots or spaces at the end.`,
  folderUntrusted: (folder: string) =>
    `Nothing was done, because the folder “${folder}” came from somewhere else and you have not said that you trust it. Look at its flows, then choose Trust Folder.`,
  trashMissing: 'The deleted flow is not in the trash any more.',

  // Journal
  journalClosed: (folder: string) => `The journal in “${folder}” is closed: the run is over.`,
  journalExists: (folder: string) =>
    `There is a journal in “${folder}” already. Give the run a folder of its own, or resume the one that is there.`,
  retryUnsettled: (run: string) =>
    `The run “${run}” has not failed: it was interrupted. Resume it with \`tailrace resume ${run}\`.`,
  journalEnded: (run: string) =>
    `The run “${run}” is settled: there is nothing to resume. If it has failed, \`tailrace retry ${run}\` goes on from where it did; else run the flow again.`,
  journalNotBegun: (file: string, error: unknown) =>
    `The journal “${file}” could not be begun: ${why(error)}. ${then(error, 'run the flow again')}`,
  journalFailed: (file: string, error: unknown) =>
    `The journal “${file}” could not be written: ${why(error)}. ${then(error, 'resume the run')}`,
  journalFull: (run: string, limit: number) =>
    `The run “${run}” is suspended, because its journal has reached ${megabytes(limit)}, the most that a run may record. ${journalRemedy} Then resume the run, or cancel it.`,
  journalLarge: (run: string, size: number, most: number) =>
    `The journal of the run “${run}” has ${megabytes(size)}; at most ${megabytes(most)} are read at once. ${journalRemedy}`,
  journalUnreadable: (run: string, why: string) => `The journal of the run “${run}” cannot be read: ${why}.`,
  journalEmpty: (run: string) => `The journal of the run “${run}” holds nothing that can be read.`,
  journalDamaged: (run: string, line: number) =>
    `The journal of the run “${run}” is damaged at line ${line.toLocaleString('en-US')}. What came before it is shown.`,
  journalUnended: (run: string) =>
    `The end of the journal of the run “${run}” is missing or damaged. All that happened in the run is there.`,
  journalCut: (run: string, events: number, of: number) =>
    `The journal of the run “${run}” is cut off: of ${of.toLocaleString('en-US')} events, ${events.toLocaleString('en-US')} are left. They are shown.`,

  // Runs
  runNoFolder: (run: string) =>
    `“${run}” is called as the folder of a run, but it is a file or a link, so it is not looked into.`,
  runRunning: (run: string) =>
    `The run “${run}” is being carried out by a process that is still there. Wait until it has settled, or end that process.`,
  runElsewhere: (run: string, host: string, file: string) =>
    `The run “${run}” is being carried out by a process${host === '' ? '' : ` on “${host}”`} that cannot be looked at from here: it runs on another computer or in a container. Wait until it has settled. If you are sure that the process has ended, delete the file “${file}” in the folder of the run, then resume it.`,
  runTakenOver: (run: string) =>
    `This process may not go on with the run “${run}”: another process has taken it over, or its folder was moved or deleted. Look at the run where it is now.`,
  claimNumber: (run: string, file: string) =>
    `The run “${run}” cannot be carried on: the file “${file}” in its folder has a number that no run reaches. Delete that file, then resume the run.`,
  runNotCarried: 'No process carries the run.',
  runNotReached: (pid: number, host: string) =>
    host === ''
      ? `The process ${String(pid)} that carries the run does not answer. It may be stopped, or belong to somebody else: look at it, or end it and resume the run.`
      : `The run is carried by a process on “${host}” or in a container, which cannot be asked from here. Do it there.`,
  runNotKept: 'The process that carries the run could not write its journal, so it is suspended. Resume it.',
  flowInvalid: (flow: string, errors: number, first: string) =>
    errors === 1
      ? `The flow “${flow}” was not run, because it has an error: ${first}`
      : `The flow “${flow}” was not run, because it has ${errors.toLocaleString('en-US')} errors. The first: ${first}`,
  runForeign: (run: string) =>
    `The run “${run}” was not started by this installation in this place, so it is shown and not resumed: it may have come with a copied folder. Run the flow again, or, if you know where the run comes from, use \`tailrace resume ${run} --trust\`.`,
  runsOutside: (folder: string) =>
    `The flow was not run, because the folder “${folder}” for its runs is a link that leads out of the Designer Folder. Put a real folder in its place.`,
  runNotStarted: (flow: string, error: unknown) =>
    `The flow “${flow}” was not run, because ${why(error)}. ${then(error, 'run it again')}`,
  runInDoubt: (run: string, effects: number) =>
    effects === 1
      ? `The run “${run}” was not resumed: nobody knows whether one thing it was doing has happened. Say whether to do it again or to leave it out.`
      : `The run “${run}” was not resumed: nobody knows whether ${effects.toLocaleString('en-US')} things it was doing have happened. Say whether to do them again or to leave them out.`,

  // Mail
  accountMissing: (name: string, names: readonly string[]) =>
    `There is no mail account “${name}”. There are ${names.map((one) => `“${one}”`).join(', ')}: choose one of them, or add the account.`,
  accountAddress: (address: string) =>
    `“${address}” is no address of a mail server. Write it as smtp://HOST:PORT, such as smtp://127.0.0.1:2525.`,
  senderMissing: (account: string) =>
    `The mail names no sender and the account “${account}” has no address. Give one in the input From.`,
  outboxFailed: (to: string, error: unknown) =>
    `The mail to “${to}” could not be written into the outbox: ${why(error)}. ${then(error, 'send it again')}`,
  loginRefused: (server: string, account: string, response: string) =>
    `The mail server “${server}” refused the login of the account “${account}”${response === '' ? '' : `: ${response}`}. Check its user name and password.`,
  notEncrypted: (server: string, account: string) =>
    `The mail server “${server}” could not turn to encryption (TLS), so the name and password of the account “${account}” were not sent. Use its port with TLS from the first byte, often 465; or, if nobody can listen on the way, allow it without: smtp://USER@HOST:PORT?encryption=none.`,
  mailInDoubt: (server: string) =>
    `The connection to “${server}” broke off while this mail was handed over. It may or may not have arrived.`,
  serverUnreachable: (server: string, account: string, why: string) =>
    `The mail server “${server}” cannot be used: ${why}. Check that it runs, and the host and port of the account “${account}”.`,

  // Scripts
  scriptFailed: (message: string, line: number | undefined) =>
    line === undefined ? `The script failed: ${message}` : `The script failed in line ${line}: ${message}`,
  scriptTimeout: (deadline: number) =>
    `The script was stopped, because it took longer than ${seconds(deadline)}. Look for a loop without an end, or let it do less at a time.`,
  scriptMemory: 'The script was stopped, because it needs too much memory. Let it work on fewer values at a time.',
  scriptRecursion:
    'The script was stopped, because its calls or its data are nested too deeply. Look for a function that calls itself without an end.',
  scriptPromise: 'The script gave a promise, but a script cannot wait. Leave out “async” and “await”.',
  scriptNested: 'The result of the script is nested more than 100 levels deep. Let it return something flatter.',
  scriptNoThread: 'The thread for scripts could not be started.'
} as const

const seconds = (milliseconds: number): string =>
  milliseconds === 1_000 ? '1 second' : `${(milliseconds / 1_000).toLocaleString('en-US')} seconds`
