/** Where something stands on the screen; an element is one. */
export interface Placed {
  getBoundingClientRect(): { readonly left: number; readonly top: number; readonly width: number }
}

/**
 * The card that an arrow key leads to: left and right in reading order, up and down to the nearest one of the next row.
 * Undefined at the edges and for other keys.
 */
export function neighbourOf<T extends Placed>(cards: readonly T[], from: T, key: string): T | undefined {
  const index = cards.indexOf(from)
  if (key === 'ArrowRight') return cards[index + 1]
  if (key === 'ArrowLeft') return cards[index - 1]
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined
  const here = from.getBoundingClientRect()
  const middle = here.left + here.width / 2
  const others = cards
    .map((card) => ({ card, box: card.getBoundingClientRect() }))
    .filter(({ box }) => (key === 'ArrowDown' ? box.top > here.top + 1 : box.top < here.top - 1))
  const tops = others.map(({ box }) => box.top)
  const row = key === 'ArrowDown' ? Math.min(...tops) : Math.max(...tops)
  const away = (box: { readonly left: number; readonly width: number }) => Math.abs(box.left + box.width / 2 - middle)
  return others
    .filter(({ box }) => Math.abs(box.top - row) < 2)
    .reduce<(typeof others)[number] | undefined>(
      (best, each) => (best && away(best.box) <= away(each.box) ? best : each),
      undefined
    )?.card
}
