/** The program of the thread in which scripts run: one after the other, each told of when it begins and ends. */
import { parentPort } from 'node:worker_threads'
import { openSandbox } from './sandbox.ts'
import type { ScriptJob, ScriptNotice } from './scriptJob.ts'

const tell = (notice: ScriptNotice): void => parentPort?.postMessage(notice)

void openSandbox().then((run) => {
  parentPort?.on('message', (job: ScriptJob) => {
    tell({ kind: 'began' })
    tell(run(job))
  })
})
