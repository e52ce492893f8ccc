/** What an open flow can be told from outside: by keys, by the application menu, by the Designer Folder. */
export interface FlowCommands {
  save?(): void | Promise<void>
  undo?(): void
  redo?(): void
  debug?(): void
  run?(): void
  /** Ends the run that is being debugged. */
  stop?(): void
  check?(): void
}

export type FlowCommand = keyof FlowCommands

export const flowCommandNames: readonly FlowCommand[] = ['save', 'undo', 'redo', 'debug', 'run', 'stop', 'check']
