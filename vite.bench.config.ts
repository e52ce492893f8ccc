// Builds the benchmark as the command line is built, as one file: what is measured is what is shipped.
import { defineConfig } from 'vite'
import { bundledText } from './scripts/bundled-text.mjs'

/** `bench`: the workloads; else one of the other benchmarks of the engine, by the name of its file. */
const part = process.env.TAILRACE_BENCH ?? 'bench'

export default defineConfig({
  publicDir: false,
  plugins: [bundledText()],
  ssr: { noExternal: true },
  build: {
    ssr: `engine/bench/${part === 'bench' ? 'index' : part}.ts`,
    target: 'node20.18',
    emptyOutDir: true,
    rolldownOptions: { output: { format: 'es', entryFileNames: `${part}.js`, codeSplitting: false } }
  }
})
