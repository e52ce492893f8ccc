/** A rate for a table: 6.6G, 28.8M, 735k, 684. */
export function rateText(rate: number): string {
  if (rate >= 1e9) return `${(rate / 1e9).toFixed(1)}G`
  if (rate >= 1e6) return `${(rate / 1e6).toFixed(1)}M`
  if (rate >= 1e4) return `${(rate / 1e3).toFixed(0)}k`
  if (rate >= 1e3) return `${(rate / 1e3).toFixed(1)}k`
  return rate.toFixed(0)
}

/** How many times as much, with as many digits as mean something: 29, 1.44, 1/1985. */
export function ratioText(ratio: number): string {
  if (ratio < 0.1) return `1/${(1 / ratio).toFixed(0)}`
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)
}

/** A Markdown table with its columns padded, as the formatter wants them. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => [...(row[column] ?? '')].length)))
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}
