const begin = '<!-- figures: written by npm run bench -- --peers FOLDER -->'
const end = '<!-- end of figures -->'

/** `page` with `text` between its marks instead of what was there. Throws when the marks are missing. */
export function keepReport(page: string, text: string): string {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from)
    throw new Error(`The page has no lines “${begin}” and “${end}” to put the figures between.`)
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`
}
