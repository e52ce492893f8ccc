const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * A line in which every character that a terminal would obey stands as JSON writes it: control characters, and those that
 * turn the direction of writing round. What a flow, a file or a mail server says cannot clear the screen or forge a line. A
 * line of JSON stays the same JSON.
 */
export const visible = (line: string): string =>
  line.replace(
    /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (character) => short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
