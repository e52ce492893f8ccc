/** A long text shortened to what fits into a sentence, without half a character at its end. */
export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39).replace(/[\ud800-\udbff]$/, '')}…` : text
}
