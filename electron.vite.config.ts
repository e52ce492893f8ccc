// How the studio is built: the main process (with the runner and the command line), the preload and the renderer.
import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { bundledText } from './scripts/bundled-text.mjs'

const at = (path: string) => resolve(import.meta.dirname, path)

// The oldest runtime we build for: Electron 33, which is Chromium 130 around Node 20.18.
const node = 'node20.18'
const chrome = 'chrome130'

/** The licences of the packages bundled, as they ask for: each build writes its own list. */
const license = { fileName: 'licenses.md' }

export default defineConfig({
  main: {
    plugins: [bundledText()],
    build: {
      target: node,
      externalizeDeps: false,
      license,
      rolldownOptions: {
        input: {
          index: at('electron/main/index.ts'),
          runner: at('electron/runner/index.ts'),
          cli: at('engine/cli/index.ts')
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
      }
    }
  },
  preload: {
    build: {
      target: node,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('electron/preload/index.ts') },
        // A sandboxed preload must be CommonJS, and this package is ESM: hence the name.
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: at('renderer'),
    plugins: [svelte({ configFile: at('svelte.config.js') })],
    build: {
      target: chrome,
      minify: true,
      license,
      modulePreload: { polyfill: false },
      // Fonts and pictures stay files: the content security policy allows no data: fonts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: at('renderer/index.html'), checks: { bundlerTimings: false } }
    }
  }
})
