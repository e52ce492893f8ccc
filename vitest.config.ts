// Unit tests: engine and electron run in plain Node, renderer with Svelte compiled for the browser.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { configDefaults, defineConfig } from 'vitest/config'
import { bundledText } from './scripts/bundled-text.mjs'

const exclude = [...configDefaults.exclude, 'out/**', 'electron/e2e/**']

/** Whoever waits for something waits until it is there, however busy the machine is. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } }

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [bundledText()],
        test: {
          name: 'engine',
          ...patience,
          include: ['engine/**/*.test.ts', 'electron/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude
        }
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
          ...patience,
          include: ['renderer/**/*.test.ts'],
          exclude,
          // Runes only react in the browser build of Svelte.
          environment: './scripts/browser-build.ts',
          server: { deps: { inline: [/svelte/] } }
        }
      }
    ]
  }
})
