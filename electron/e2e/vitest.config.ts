import { defineConfig } from 'vitest/config'

// One studio at a time: it has the keyboard, the mouse and half of this computer.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.e2e.ts'],
    reporters: ['verbose'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000
  }
})
