import type { Socket } from 'node:net'

/** Calls `take` for each line that comes; a connection that sends a longer one than `longest` characters is broken off. */
export function readLines(socket: Socket, longest: number, take: (line: string) => void): void {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
    if (rest.length > longest) socket.destroy()
  })
}
