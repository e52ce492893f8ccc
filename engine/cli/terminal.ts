/** Where a command writes. */
export interface Terminal {
  /** One line for who asked: the result. */
  print(line: string): void
  /** One line beside the result: problems, hints. */
  remark(line: string): void
  /** Resolves once everything has been taken by whoever reads it. */
  flushed(): Promise<void>
}

/** The terminal, or the pipe, of this process. A reader that goes away early does not disturb the run. */
export function processTerminal(): Terminal {
  const writer = (stream: NodeJS.WriteStream) => {
    let open = true
    stream.on('error', () => (open = false))
    return {
      write: (line: string) => {
        if (open) stream.write(`${line}\n`)
      },
      flushed: () => new Promise<void>((resolve) => (open ? stream.write('', () => resolve()) : resolve()))
    }
  }
  const out = writer(process.stdout)
  const err = writer(process.stderr)
  return {
    print: out.write,
    remark: err.write,
    flushed: async () => {
      await Promise.all([out.flushed(), err.flushed()])
    }
  }
}
