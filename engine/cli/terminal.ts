import { createInterface } from 'node:readline/promises'
import { visible } from './visible.ts'

/** Where a command writes. Nothing that is written makes the terminal do anything: see `visible`. */
export interface Terminal {
  /** One line for who asked: the result. */
  print(line: string): void
  /** One line beside the result: problems, hints. */
  remark(line: string): void
  /** What the person at the terminal answers; undefined when there is nobody to ask. */
  ask(question: string): Promise<string | undefined>
  /** Resolves once everything has been taken by whoever reads it. */
  flushed(): Promise<void>
}

async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl+C and Ctrl+D are no answer.
  const closed = new Promise<undefined>((resolve) => reader.once('close', () => resolve(undefined)))
  try {
    return await Promise.race([reader.question(question), closed])
  } finally {
    reader.close()
  }
}

/** The terminal, or the pipe, of this process. A reader that goes away early does not disturb the run. */
export function processTerminal(): Terminal {
  const writer = (stream: NodeJS.WriteStream) => {
    let open = true
    stream.on('error', () => (open = false))
    return {
      write: (line: string) => {
        if (open) stream.write(`${visible(line)}\n`)
      },
      flushed: () => new Promise<void>((resolve) => (open ? stream.write('', () => resolve()) : resolve()))
    }
  }
  const out = writer(process.stdout)
  const err = writer(process.stderr)
  return {
    print: out.write,
    remark: err.write,
    ask,
    flushed: async () => {
      await Promise.all([out.flushed(), err.flushed()])
    }
  }
}
