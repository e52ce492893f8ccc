import type { Evaluation } from './evaluation.ts'

/** Up to this length the engine's own search is used: it is the fastest, but slow beyond measure for some long texts. */
const shortPart = 8

/** Where `part` stands in `text` at or after `from`, or -1. Takes time in proportion to both lengths, whatever they hold. */
export function positionIn(text: string, part: string, from = 0): number {
  return part.length <= shortPart ? text.indexOf(part, from) : searchFor(part)(text, from)
}

/** The pieces of `text` between separators, which must not be empty. */
export function splitText(text: string, separator: string, evaluation: Evaluation): string[] {
  const find = separator.length <= shortPart ? undefined : searchFor(separator)
  const next = (from: number): number => find?.(text, from) ?? text.indexOf(separator, from)
  const pieces: string[] = []
  let from = 0
  for (let at = next(0); at >= 0; at = next(from)) {
    pieces.push(text.slice(from, at))
    evaluation.spend(4)
    from = at + separator.length
  }
  pieces.push(text.slice(from))
  return pieces
}

/** Knuth, Morris and Pratt: never looks at a character of the text twice. */
function searchFor(part: string): (text: string, from: number) => number {
  const shorter = new Int32Array(part.length)
  for (let at = 1, fits = 0; at < part.length; at++) {
    while (fits > 0 && part.charCodeAt(at) !== part.charCodeAt(fits)) fits = shorter[fits - 1] ?? 0
    if (part.charCodeAt(at) === part.charCodeAt(fits)) fits++
    shorter[at] = fits
  }
  return (text, from) => {
    for (let at = from, fits = 0; at < text.length; at++) {
      while (fits > 0 && text.charCodeAt(at) !== part.charCodeAt(fits)) fits = shorter[fits - 1] ?? 0
      if (text.charCodeAt(at) === part.charCodeAt(fits)) fits++
      if (fits === part.length) return at - part.length + 1
    }
    return -1
  }
}
