// Builds the command line alone, as one file, in a second: for `npx tailrace` and `npm run demo` in a clone.
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'engine/cli/index.ts',
    target: 'node20.18',
    emptyOutDir: true,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'cli.js', codeSplitting: false } }
  }
})
