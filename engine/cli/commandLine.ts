/** A `tailrace` command as people can type it, with the folders it needs. */
export function commandLine(
  words: readonly string[],
  { folder, journal }: { readonly folder: string | undefined; readonly journal: string | undefined }
): string {
  const options = [
    ...(folder === undefined ? [] : ['--folder', folder]),
    ...(journal === undefined ? [] : ['--journal', journal])
  ]
  return ['tailrace', ...words, ...options].map(quoted).join(' ')
}

/** A word for a shell, in quotes where it needs them. */
const quoted = (word: string): string => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`)
