#!/usr/bin/env node
// The `tailrace` command in a clone: builds the command line when it is missing or old, then is it.
import { pathToFileURL } from 'node:url'
import { buildCli, cli } from './build.mjs'

try {
  await buildCli()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2) // as for everything after which no flow has run
}
process.argv[1] = cli
await import(pathToFileURL(cli).href)
