// A vitest environment that is plain Node, but takes every module as built for the browser.
import type { Environment } from 'vitest/runtime'

export default {
  name: 'browser-build',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined })
} satisfies Environment
