// `npm run bench -- W2 --n 100000`: builds the benchmark when it is missing or old, then is it.
import { pathToFileURL } from 'node:url'
import { bench, buildBench } from './build.mjs'

try {
  await buildBench()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}
process.argv[1] = bench
await import(pathToFileURL(bench).href)
