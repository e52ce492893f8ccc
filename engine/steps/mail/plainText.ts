/** An HTML body as plain text, for readers that show no HTML: paragraphs, list items and the targets of links stay. */
export function plainText(html: string): string {
  return decoded(
    html
      .replaceAll(/<!--[\s\S]*?-->/g, '')
      .replaceAll(/<(style|script|head|title)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/<a\b[^>]*\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>(.*?)<\/a\s*>/gi, link)
      .replaceAll(/<br\s*\/?>/gi, '\n')
      .replaceAll(/<li\b[^>]*>/gi, '\n- ')
      .replaceAll(/<\/(p|div|h[1-6]|ul|ol|table|blockquote)\s*>/gi, '\n\n')
      .replaceAll(/<\/(tr|li)\s*>/gi, '\n')
      .replaceAll(/<[^>]*>/g, '')
  )
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

function link(_all: string, quoted: string | undefined, single: string | undefined, text: string): string {
  const target = quoted ?? single ?? ''
  return target === '' || target === text ? text : `${text} (${target})`
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
