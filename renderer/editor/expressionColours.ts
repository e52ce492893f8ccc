/** A piece of an expression as it is coloured. */
export interface ColouredPiece {
  readonly text: string
  readonly colour: 'text' | 'number' | 'function' | 'word' | 'plain'
  /** Underlined: something is wrong there. */
  readonly wrong: 'error' | 'warning' | undefined
}

/** Where something is wrong: from and up to (not including) which character. */
interface Mark {
  readonly from: number
  readonly to: number
  readonly severity: 'error' | 'warning'
}

const tokens =
  /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_]*(?=\s*\()|[\p{L}_][\p{L}\p{N}_]*/gu
const words: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'true', 'false', 'null', 'it', 'index'])

/** Takes an expression apart for the eye; the pieces joined are the expression. */
export function colourExpression(source: string, marks: readonly Mark[]): readonly ColouredPiece[] {
  const pieces: { readonly from: number; readonly to: number; readonly colour: ColouredPiece['colour'] }[] = []
  let at = 0
  for (const match of source.matchAll(tokens)) {
    const [text] = match
    if (match.index > at) pieces.push({ from: at, to: match.index, colour: 'plain' })
    at = match.index + text.length
    pieces.push({ from: match.index, to: at, colour: colourOf(text, source.slice(at)) })
  }
  if (at < source.length) pieces.push({ from: at, to: source.length, colour: 'plain' })
  // A mark without room, such as at the end of what is written, is seen under the character before it.
  const wide = marks.map(({ from, to, severity }) => ({ from: to > from ? from : Math.max(0, from - 1), to, severity }))
  return pieces.flatMap(({ from, to, colour }) => cut(source, from, to, wide).map((piece) => ({ ...piece, colour })))
}

function colourOf(text: string, rest: string): ColouredPiece['colour'] {
  if (/^["']/.test(text)) return 'text'
  if (/^\d/.test(text)) return 'number'
  if (words.has(text)) return 'word'
  return /^\s*\(/.test(rest) ? 'function' : 'plain'
}

function cut(source: string, from: number, to: number, marks: readonly Mark[]): Omit<ColouredPiece, 'colour'>[] {
  const inside = marks.flatMap((mark) => [mark.from, mark.to]).filter((place) => place > from && place < to)
  const places = [...new Set([from, ...inside, to])].sort((a, b) => a - b)
  return places.slice(0, -1).map((start, index) => ({
    text: source.slice(start, places[index + 1]),
    wrong: marks.find((mark) => mark.from <= start && mark.to > start)?.severity
  }))
}
