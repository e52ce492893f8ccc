import type { Settings } from '../../electron/ipc/contract.ts'

/** Puts the theme on <html>, following the system where the settings say so. Returns the function that stops following. */
export function applyTheme(theme: Settings['theme']): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
  }
  apply()
  if (theme !== 'system') return () => undefined
  dark.addEventListener('change', apply)
  return () => dark.removeEventListener('change', apply)
}
