const format = new Intl.NumberFormat('en-US')

/** A count with its thousands apart: 1,200. */
export function formatCount(count: number): string {
  return format.format(count)
}
