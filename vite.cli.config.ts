// Builds the command line alone, as one file, in a second: for `npx tailrace` and `npm run demo` in a clone.
import { defineConfig } from 'vite'
import { bundledText } from './scripts/bundled-text.mjs'

export default defineConfig({
  publicDir: false,
  plugins: [bundledText()],
  ssr: { noExternal: true },
  build: {
    ssr: 'engine/cli/index.ts',
    target: 'node20.18',
    emptyOutDir: true,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'cli.js', codeSplitting: false } }
  }
})
