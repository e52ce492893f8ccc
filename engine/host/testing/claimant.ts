/*
 * A process that claims a run, holds it for a moment and lets go of it, until it is killed or has done so often enough:
 * `claimant FOLDER TIMES [REFUSALS]`. After so many refusals it gives up. It prints the number of each claim, and “two” when
 * another process holds the run as well.
 */
import { rmSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { HostError, systemCode } from '../hostError.ts'
import { claimRun } from '../runs/claimRun.ts'

const [folder = '', times = '1', refusals = 'Infinity'] = process.argv.slice(2)
const holder = path.join(folder, 'holder')

let refused = 0
for (let done = 0; done < Number(times) && refused < Number(refusals);) {
  try {
    const claim = await claimRun(folder)
    hold()
    await pause(Math.random() < 0.3 ? 1 : 0)
    rmSync(holder)
    writeSync(1, `${String(claim.epoch)}\n`)
    await claim.release()
    done++
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    refused++
    await pause(0)
  }
}

/** Only one may have the file; that of a process that was killed is taken over. */
function hold(): void {
  try {
    writeFileSync(holder, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
    const other = Number(readFileSync(holder, 'utf8'))
    if (other > 0 && isThere(other)) writeSync(1, 'two\n')
    writeFileSync(holder, String(process.pid))
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // One that was killed is there until its parent has heard of it.
    const status = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    return status.slice(status.lastIndexOf(')') + 2, status.lastIndexOf(')') + 3) !== 'Z'
  } catch {
    return false
  }
}
