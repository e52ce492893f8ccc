/** What of a keyboard event matters here. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/**
 * Whether a key press is the one written as in menus: 'F5', 'Delete', 'Ctrl+Shift+Z'. Ctrl also means the Command key.
 * Several are separated by spaces: 'Ctrl+Y Ctrl+Shift+Z'.
 */
export function pressed(keys: string, event: KeyPress): boolean {
  return keys.split(' ').some((one) => {
    const parts = one.split('+')
    const key = parts.pop() ?? ''
    return (
      event.key.toLowerCase() === key.toLowerCase() &&
      parts.includes('Ctrl') === (event.ctrlKey || event.metaKey) &&
      parts.includes('Shift') === event.shiftKey &&
      parts.includes('Alt') === event.altKey
    )
  })
}
