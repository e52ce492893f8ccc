import { Notification } from 'electron'
import type { RunSummary } from '../ipc/contract.ts'
import { backgroundFailed } from '../messages.ts'

/** Tells people that something failed after its caller had long had the reply: nobody else would. */
export function noticeEnd(run: RunSummary, show: () => void): void {
  if (run.settled?.state !== 'background failed' || !Notification.isSupported()) return
  const notice = new Notification(backgroundFailed(run.name, run.place?.step))
  notice.on('click', show)
  notice.show()
}
