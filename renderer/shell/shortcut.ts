import { flowCommandNames } from './flowCommands.ts'

/** What keys and the application menu can ask of the window; the menu sends the same words as `menu:command`. */
export const shellCommands = [
  ...flowCommandNames,
  'create-flow',
  'choose-folder',
  'search',
  'settings',
  'show-folder',
  'show-runs',
  'close-tab',
  'next-tab',
  'previous-tab'
] as const

export type ShellCommand = (typeof shellCommands)[number]

/** Keys that the text under the cursor needs for itself. */
const textKeys: readonly ShellCommand[] = ['undo', 'redo']

const keys: Readonly<Record<string, ShellCommand>> = {
  'Ctrl+s': 'save',
  'Ctrl+z': 'undo',
  'Ctrl+y': 'redo',
  'Ctrl+Shift+z': 'redo',
  F5: 'debug',
  'Shift+F5': 'stop',
  'Ctrl+F5': 'run',
  F7: 'check',
  'Ctrl+n': 'create-flow',
  'Ctrl+o': 'choose-folder',
  'Ctrl+f': 'search',
  'Ctrl+,': 'settings',
  'Ctrl+1': 'show-folder',
  'Ctrl+2': 'show-runs',
  'Ctrl+w': 'close-tab',
  'Ctrl+Tab': 'next-tab',
  'Ctrl+Shift+Tab': 'previous-tab',
  'Ctrl+PageDown': 'next-tab',
  'Ctrl+PageUp': 'previous-tab'
}

/** A key press, as far as shortcuts care. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** The command of a key press; undefined when it has none. `inText`: the cursor stands in a text. */
export function shortcutOf(press: KeyPress, inText: boolean): ShellCommand | undefined {
  if (press.altKey) return undefined
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const name = `${press.ctrlKey || press.metaKey ? 'Ctrl+' : ''}${press.shiftKey ? 'Shift+' : ''}${key}`
  const command = keys[name]
  return command && inText && textKeys.includes(command) ? undefined : command
}

/** Whether the cursor stands in a text that people type in. */
export function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, input:not([type=checkbox], [type=radio])'))
  )
}
