/** Where the tags of HTML sources stand on the screen, of all editors together: styled as `::highlight(html-tag)`. */
export function tagHighlight(): Highlight {
  const known = CSS.highlights.get('html-tag')
  if (known) return known
  const made = new Highlight()
  CSS.highlights.set('html-tag', made)
  return made
}

/** The tags inside a text node. */
export function tagsIn(node: Text): Range[] {
  return [...node.data.matchAll(/<\/?[a-z][^>]*>?/gi)].map(({ index, 0: tag }) => {
    const range = document.createRange()
    range.setStart(node, index)
    range.setEnd(node, index + tag.length)
    return range
  })
}
