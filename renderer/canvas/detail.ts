/** How much of a step is drawn: everything, colour and name, or a block of colour. */
export type Detail = 'full' | 'plain' | 'blocks'

/** The zoom (1 is 100 %) from which on names are shown. */
export const namesFrom = 0.35

/** The zoom from which on everything is shown. */
export const allFrom = 0.6

export function detailAt(zoom: number): Detail {
  if (zoom >= allFrom) return 'full'
  return zoom >= namesFrom ? 'plain' : 'blocks'
}
