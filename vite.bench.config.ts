// Builds the benchmark as the command line is built, as one file: what is measured is what is shipped.
import { defineConfig } from 'vite'
import { bundledText } from './scripts/bundled-text.mjs'

export default defineConfig({
  publicDir: false,
  plugins: [bundledText()],
  ssr: { noExternal: true },
  build: {
    ssr: 'engine/bench/index.ts',
    target: 'node20.18',
    emptyOutDir: true,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'bench.js', codeSplitting: false } }
  }
})
