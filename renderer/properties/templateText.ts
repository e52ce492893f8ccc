import { parseTemplate } from '../../engine/index.ts'

/** A piece of a template as the editor shows it: text as it stands in the template, or a field. */
export type Piece = { readonly text: string } | { readonly field: string }

/** The pieces of a template. Joining them with `joinPieces` gives a template that means the same. */
export function piecesOf(template: string): readonly Piece[] {
  return parseTemplate(template).map((part) =>
    typeof part === 'string' ? { text: part.replaceAll('{{', '{{{{') } : { field: part.field }
  )
}

export function joinPieces(pieces: readonly Piece[]): string {
  return pieces.map((piece) => ('text' in piece ? piece.text : `{{${piece.field}}}`)).join('')
}

/** How many fields a template has. */
export function fieldCount(template: string): number {
  return parseTemplate(template).filter((part) => typeof part !== 'string').length
}
