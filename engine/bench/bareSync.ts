import { mkdtemp, open, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { median, quantile, rounded } from './statistics.ts'

/** How long this computer takes to put a few bytes onto its disk, in microseconds. */
export interface BareSync {
  readonly syncP50us: number
  readonly syncP99us: number
}

/** Times `reps` writes of about 200 bytes at the end of an open file, each with its own fdatasync. */
export async function bareSync(reps: number): Promise<BareSync> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tailrace-bench-'))
  const file = await open(path.join(folder, 'bare'), 'ax')
  const bytes = Buffer.alloc(200, 'x')
  const micros: number[] = []
  for (let rep = 0; rep < reps; rep++) {
    const began = performance.now()
    await file.write(bytes)
    await file.datasync()
    micros.push((performance.now() - began) * 1000)
  }
  await file.close()
  await rm(folder, { recursive: true, force: true })
  return { syncP50us: rounded(median(micros), 1), syncP99us: rounded(quantile(micros, 0.99), 1) }
}
