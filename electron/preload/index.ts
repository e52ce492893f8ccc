import { contextBridge, ipcRenderer } from 'electron'
import { isEvent, isRequest } from '../ipc/channels.ts'
import type { Studio } from '../ipc/contract.ts'

/** Everything the window can reach: two functions over the channels of the contract, and the platform's name. */
const studio: Studio = {
  request: (name, ...args) =>
    isRequest(name)
      ? ipcRenderer.invoke(name, ...args)
      : Promise.reject(new Error(`The studio knows no request "${String(name)}".`)),

  on: (name, listener) => {
    if (!isEvent(name)) throw new Error(`The studio knows no event "${String(name)}".`)
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload)
    ipcRenderer.on(name, forward)
    return () => void ipcRenderer.off(name, forward)
  },

  platform: process.platform
}

contextBridge.exposeInMainWorld('studio', studio)
