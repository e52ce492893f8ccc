// `npm run bench -- W2 --n 100000`: builds the benchmark when it is missing or old, then is it. `journal` and `expression` are
// benchmarks of their own.
import { pathToFileURL } from 'node:url'
import { bench, buildBench } from './build.mjs'

const part = process.argv.slice(2).find((word) => word === 'journal' || word === 'expression') ?? 'bench'
try {
  await buildBench({ part })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}
process.argv[1] = bench(part)
await import(pathToFileURL(bench(part)).href)
