/**
 * An HTML body as plain text, for readers that show no HTML: paragraphs, list items and the targets of links stay. Goes through
 * it once, since a body can be long and come from anybody.
 */
export function plainText(html: string): string {
  return decoded(withoutTags(html))
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** What is in these is nothing to be read. */
const unread: ReadonlySet<string> = new Set(['style', 'script', 'head', 'title'])

/** What stands in place of a tag. */
const instead: Readonly<Record<string, string>> = {
  br: '\n',
  li: '\n- ',
  '/li': '\n',
  '/tr': '\n',
  ...Object.fromEntries(
    ['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'table', 'blockquote'].map((name) => [
      `/${name}`,
      '\n\n'
    ])
  )
}

function withoutTags(html: string): string {
  const find = finder(html)
  const parts: string[] = []
  /** The link that is open: where it leads, and before which part it began. */
  let open: { readonly target: string; readonly from: number } | undefined
  let at = 0
  while (at < html.length) {
    const start = html.indexOf('<', at)
    const isComment = start >= 0 && html.startsWith('<!--', start)
    const end = start < 0 ? undefined : ((isComment ? find('-->', start) : undefined) ?? find('>', start))
    parts.push(html.slice(at, end === undefined ? html.length : start).replaceAll(/\s+/g, ' '))
    if (end === undefined) break
    const tag = html.slice(start + 1, end)
    const name = isComment ? '' : (/^\/?[a-z]\w*/i.exec(tag)?.[0].toLowerCase() ?? '')
    if (name === 'a') {
      const target = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag)
      open = target ? { target: target[1] ?? target[2] ?? '', from: parts.length } : undefined
    } else if (name === '/a' && open) {
      const text = parts.splice(open.from).join('')
      parts.push(open.target === '' || open.target === text ? text : `${text} (${open.target})`)
      open = undefined
    } else if (Object.hasOwn(instead, name)) parts.push(instead[name] ?? '')
    at = (unread.has(name) ? find(`</${name}`, end) : undefined) ?? end
  }
  return parts.join('')
}

/**
 * Answers the place behind the next occurrence of a text from a place on, and with one that ends no tag yet, behind the tag. What
 * was looked for in vain is not looked for again.
 */
function finder(html: string): (text: string, from: number) => number | undefined {
  const missing = new Set<string>()
  // Only ASCII, so that every place stays where it is.
  const lower = html.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
  return function find(text: string, from: number): number | undefined {
    if (missing.has(text)) return undefined
    const found = lower.indexOf(text, from)
    if (found >= 0) return text.endsWith('>') ? found + text.length : find('>', found)
    missing.add(text)
    return undefined
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Character references as the characters they stand for; unknown ones stay as they are. */
function decoded(text: string): string {
  return text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (all, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? all
    const code = name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
