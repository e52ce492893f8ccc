// Unit tests: engine and electron run in plain Node, renderer with Svelte compiled for the browser.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { configDefaults, defineConfig } from 'vitest/config'

const exclude = [...configDefaults.exclude, 'out/**', 'electron/e2e/**']

export default defineConfig({
  test: {
    projects: [
      {
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
