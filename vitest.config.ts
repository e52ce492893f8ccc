// Unit tests: engine and electron run in plain Node, renderer with Svelte compiled for the browser.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { configDefaults, defineConfig } from 'vitest/config'
import { bundledText } from './scripts/bundled-text.mjs'

const exclude = [...configDefaults.exclude, 'out/**', 'electron/e2e/**']

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [bundledText()],
        test: {
          name: 'engine',
          include: ['engine/**/*.test.ts', 'electron/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude
        }
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
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
