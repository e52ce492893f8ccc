/*
 * Characters are Unicode code points, so that no function cuts one in two: an emoji is one, where JavaScript counts two.
 * What people see as one sign may be several of them, such as a letter with a combining accent or a family of emoji; how
 * those belong together differs from one version of Unicode to the next, and a flow has to give the same on all of them.
 */

const surrogate = /[\ud800-\udfff]/

/** How many characters `text` has, or its part up to the place `to`. */
export function countCharacters(text: string, to = text.length): number {
  if (!surrogate.test(text)) return Math.min(to, text.length)
  let count = 0
  for (let at = 0; at < to; count++) at += widthAt(text, at)
  return count
}

/** The place in `text` that lies `characters` behind the place `from`, or its end. */
export function placeAfter(text: string, characters: number, from = 0): number {
  if (characters >= text.length - from) return text.length
  if (!surrogate.test(text)) return from + characters
  let at = from
  for (let count = 0; count < characters && at < text.length; count++) at += widthAt(text, at)
  return at
}

/** How much of the text the character at a place takes: 2 for a pair of surrogates. */
function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
