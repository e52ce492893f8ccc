import { copySelected, deleteSelected, duplicateSelected, pasteText, selectAll } from './actions.ts'
import { isEmpty } from './selection.ts'
import type { Session } from './session.svelte.ts'

/** What commands work on: the open flow, and what only its screen can do. */
export interface Desk {
  readonly session: Session
  /** Runs the document as it is on the screen. */
  run(): void
  /** Opens the debugger and runs the document as it is on the screen. */
  debug(): void
  /** Shows the list of problems. */
  showProblems(): void
  /** Puts the cursor into the search field of the Toolbox. */
  findStep(): void
}

/** A thing that people can do: one row in menus, one shortcut. `canRun` says whether it can be done now. */
export interface Command {
  readonly id: string
  readonly title: string
  /** As in menus; the first of several is shown. */
  readonly keys?: string
  canRun(desk: Desk): boolean
  run(desk: Desk): void | Promise<void>
}

const always = () => true
const stepsSelected = ({ session }: Desk) => session.selection.steps.length > 0

/** Everything that can be done with an open flow. */
export const commands = {
  save: {
    id: 'save',
    title: 'Save',
    keys: 'Ctrl+S',
    canRun: ({ session }) => session.dirty && !session.saving,
    run: async ({ session }) => {
      await session.save()
    }
  },
  undo: {
    id: 'undo',
    title: 'Undo',
    keys: 'Ctrl+Z',
    canRun: ({ session }) => session.undoLabel !== undefined,
    run: ({ session }) => session.undo()
  },
  redo: {
    id: 'redo',
    title: 'Redo',
    keys: 'Ctrl+Y Ctrl+Shift+Z',
    canRun: ({ session }) => session.redoLabel !== undefined,
    run: ({ session }) => session.redo()
  },
  cut: {
    id: 'cut',
    title: 'Cut',
    keys: 'Ctrl+X',
    canRun: stepsSelected,
    run: async (desk) => {
      await copyToClipboard(desk.session)
      deleteSelected(desk.session)
    }
  },
  copy: {
    id: 'copy',
    title: 'Copy',
    keys: 'Ctrl+C',
    canRun: stepsSelected,
    run: ({ session }) => copyToClipboard(session)
  },
  paste: {
    id: 'paste',
    title: 'Paste',
    keys: 'Ctrl+V',
    canRun: always,
    run: async ({ session }) => pasteText(session, await navigator.clipboard.readText())
  },
  duplicate: {
    id: 'duplicate',
    title: 'Duplicate',
    keys: 'Ctrl+D',
    canRun: stepsSelected,
    run: ({ session }) => duplicateSelected(session)
  },
  delete: {
    id: 'delete',
    title: 'Delete',
    keys: 'Delete Backspace',
    canRun: ({ session }) => !isEmpty(session.selection),
    run: ({ session }) => deleteSelected(session)
  },
  'select-all': {
    id: 'select-all',
    title: 'Select all',
    keys: 'Ctrl+A',
    canRun: ({ session }) => session.flow.steps.length > 0,
    run: ({ session }) => selectAll(session)
  },
  'find-step': { id: 'find-step', title: 'Find a step', keys: 'T', canRun: always, run: (desk) => desk.findStep() },
  check: {
    id: 'check',
    title: 'Check',
    keys: 'F7',
    canRun: always,
    run: (desk) => {
      desk.showProblems()
      if (desk.session.problems.length === 0) desk.session.tell('No problems found.')
    }
  },
  run: {
    id: 'run',
    title: 'Run',
    keys: 'Ctrl+F5',
    canRun: always,
    run: (desk) => unlessBroken(desk, () => desk.run())
  },
  debug: {
    id: 'debug',
    title: 'Debug Flow',
    keys: 'F5',
    canRun: always,
    run: (desk) => unlessBroken(desk, () => desk.debug())
  }
} satisfies { readonly [id: string]: Command }

export type CommandId = keyof typeof commands

/** Does a command if it can be done now. Answers whether it could; what goes wrong is told on the screen. */
export async function runCommand(id: CommandId, desk: Desk): Promise<boolean> {
  const command: Command = commands[id]
  if (!command.canRun(desk)) return false
  try {
    await command.run(desk)
  } catch (error) {
    desk.session.fail(error)
  }
  return true
}

/** A flow with errors does not run: shows them instead. */
function unlessBroken(desk: Desk, run: () => void): void {
  const { errors } = desk.session
  if (errors.length === 0) {
    run()
    return
  }
  desk.showProblems()
  const count = errors.length === 1 ? 'One error keeps' : `${errors.length} errors keep`
  desk.session.tell(`${count} this flow from running. Mend what the list shows.`, 'fail')
}

async function copyToClipboard(session: Session): Promise<void> {
  const text = copySelected(session)
  if (text !== undefined) await navigator.clipboard.writeText(text)
}
