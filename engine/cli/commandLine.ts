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
export function quoted(word: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word)) return word
  if (!/["$`!\\]/.test(word)) return `"${word}"`
  // Windows knows no single quotes.
  return process.platform === 'win32' ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", `'\\''`)}'`
}
