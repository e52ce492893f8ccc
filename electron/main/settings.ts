import type { Settings } from '../ipc/contract.ts'
import type { KeptStore } from './store.ts'

/** The settings people change, kept at once. */
export interface SettingsKeeper {
  read(): Settings
  /** Changes some of them and tells everyone who listens. */
  change(change: Partial<Settings>): Settings
  /** Returns the unsubscribe function. */
  onChange(listener: (settings: Settings) => void): () => void
}

export function keepSettings(store: KeptStore): SettingsKeeper {
  const listeners = new Set<(settings: Settings) => void>()
  const read = () => store.get('settings')
  return {
    read,
    change(change) {
      const settings = { ...read(), ...change }
      store.set('settings', settings)
      for (const listener of listeners) listener(settings)
      return settings
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}
