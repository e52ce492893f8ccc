import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { strangerRefused } from '../messages.ts'
import { type ErrorDesk, type Handlers, answer, failure } from './answer.ts'
import { isRequest } from './channels.ts'

/** Whether the asker is the main frame of a window of ours, showing our own page. */
export type Trust = (event: IpcMainInvokeEvent) => boolean

/** Opens all requests to the window. The only place that touches ipcMain. */
export function handleRequests(handlers: Handlers, trusts: Trust, desk: ErrorDesk): void {
  for (const name of Object.keys(handlers).filter(isRequest))
    ipcMain.handle(name, (event, ...args: unknown[]) =>
      trusts(event)
        ? answer(name, args, handlers, desk)
        : failure('not-allowed', strangerRefused(event.senderFrame?.url ?? ''))
    )
}
