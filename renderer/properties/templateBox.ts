import { type Piece, joinPieces } from './templateText.ts'

/**
 * An editable element that shows a template: text nodes, chips that carry their field's path, and, where there may be
 * several lines, a line break at the end.
 */

/** Carries the path of the field on its chip. */
export const fieldAttribute = 'data-field-path'

/** What an editable element, or a part of one, holds. */
export function readPieces(node: Node): Piece[] {
  return [...node.childNodes].flatMap((child): Piece[] => {
    if (child instanceof Text) return [{ text: child.data }]
    if (!(child instanceof HTMLElement)) return []
    const field = child.getAttribute(fieldAttribute)
    if (field !== null) return [{ field }]
    if (child.tagName === 'BR') return 'tail' in child.dataset ? [] : [{ text: '\n' }]
    const line = child.tagName === 'DIV' && child.previousSibling ? [{ text: '\n' }] : []
    return [...line, ...readPieces(child)]
  })
}

/**
 * A line break at the very end of a text only shows with another one behind it. Editing may put text behind that one, or
 * take it away: puts it back to the end.
 */
export function keepTail(box: HTMLElement, multiline: boolean): void {
  const ends = [...box.querySelectorAll<HTMLElement>('br[data-tail]')]
  if (multiline ? ends.length === 1 && ends[0] === box.lastChild : ends.length === 0) return
  for (const end of ends) end.remove()
  if (!multiline) return
  const end = document.createElement('br')
  end.dataset['tail'] = ''
  box.append(end)
}

/** How many characters of the template stand before the cursor; all of them when it is elsewhere. */
export function cursorOffset(box: HTMLElement): number {
  const selection = getSelection()
  const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined
  if (!range || !box.contains(range.endContainer)) return Number.POSITIVE_INFINITY
  const before = document.createRange()
  before.setStart(box, 0)
  before.setEnd(range.endContainer, range.endOffset)
  return joinPieces(readPieces(before.cloneContents())).length
}

/** Puts the cursor behind so many characters of the template; behind a field when they end inside one. */
export function putCursor(box: HTMLElement, offset: number): void {
  const range = endOf(box)
  let left = offset
  for (const child of box.childNodes) {
    const length = lengthOf(child)
    if (left <= length) {
      if (child instanceof Text) range.setStart(child, left)
      else range.setStartAfter(child)
      break
    }
    left -= length
  }
  range.collapse(true)
  const selection = getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
}

/** The place behind everything in it. */
export function endOf(box: HTMLElement): Range {
  const range = document.createRange()
  range.selectNodeContents(box)
  const last = box.lastChild
  if (last instanceof HTMLBRElement) range.setEndBefore(last)
  range.collapse(false)
  return range
}

function lengthOf(node: Node): number {
  const alone = document.createDocumentFragment()
  alone.append(node.cloneNode(true))
  return joinPieces(readPieces(alone)).length
}
