import type { EventChannel, RequestName } from './contract.ts'

/** Every request there is. A name missing here, or one too many, does not compile. */
const requests: Readonly<Record<RequestName, true>> = {
  'folder:read': true,
  'folder:choose': true,
  'folder:trust': true,
  'folder:create': true,
  'flow:read': true,
  'flow:save': true,
  'flow:keep-draft': true,
  'flow:drop-draft': true,
  'flow:create': true,
  'flow:rename': true,
  'flow:duplicate': true,
  'flow:delete': true,
  'flow:restore': true,
  'document:columns': true,
  'document:choose': true,
  'run:start': true,
  'run:cancel': true,
  'run:cancel-thread': true,
  'run:signal': true,
  'run:resume': true,
  'run:leave': true,
  'run:read': true,
  'run:list': true,
  'run:show-folder': true,
  'outbox:list': true,
  'outbox:read': true,
  'settings:read': true,
  'settings:change': true,
  'window:command': true
}

/** Every event there is, complete in the same way. */
const events: Readonly<Record<EventChannel, true>> = {
  'folder:changed': true,
  'run:events': true,
  'run:changed': true,
  'settings:changed': true,
  'runner:restarted': true,
  'runs:resumed': true,
  'runs:pruned': true,
  'menu:command': true
}

/** Whether a window may ask for this. */
export const isRequest = (name: string): name is RequestName => Object.hasOwn(requests, name)

/** Whether a window may listen to this. */
export const isEvent = (name: string): name is EventChannel => Object.hasOwn(events, name)
