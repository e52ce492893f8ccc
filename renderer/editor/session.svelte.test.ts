import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OpenFlow, RequestName, Requests } from '../../electron/ipc/contract.ts'
import { type FlowDocument, builtInSteps, renameFlow } from '../../engine/index.ts'
import { addAfterSelected, connectTo, copySelected, deleteSelected, moveTo, pasteText } from './actions.ts'
import type { Ask } from './ask.ts'
import { type Desk, runCommand } from './commands.ts'
import { DraftKeeper } from './draftKeeper.ts'
import { selectSteps } from './selection.ts'
import { Session } from './session.svelte.ts'

const start: FlowDocument = {
  flow: {
    id: 'f',
    name: 'Letters',
    inputs: [],
    outputs: [],
    steps: [
      { id: 'start-1', type: 'start', name: 'Start', settings: {}, inputs: {} },
      { id: 'end-1', type: 'end', name: 'End Step', settings: {}, inputs: {} }
    ],
    connections: []
  },
  layout: { 'start-1': { x: 0, y: 0 }, 'end-1': { x: 400, y: 0 } }
}

class Changed extends Error {
  readonly code = 'flow-changed'
}

type Handlers = {
  [N in RequestName]?: (...args: Parameters<Requests[N]>) => ReturnType<Requests[N]>
}

/** A main process with one file in it. */
class Files {
  document = start
  version = 1
  draft: FlowDocument | undefined
  readonly asked: string[] = []

  readonly open = (): OpenFlow => ({
    path: 'a.flow.json',
    document: this.document,
    hash: `${this.version}`,
    children: {}
  })

  readonly handlers: Handlers = {
    'flow:read': () => this.open(),
    'flow:save': (_path, document, base) => {
      if (base !== `${this.version}`) throw new Changed('It was changed.')
      this.document = document
      return { hash: `${++this.version}`, savedAt: 1 }
    },
    'flow:keep-draft': (_path, document) => {
      this.draft = document
      return undefined
    },
    'flow:drop-draft': () => {
      this.draft = undefined
      return undefined
    }
  }

  readonly ask: Ask = async <N extends RequestName>(name: N, ...args: Parameters<Requests[N]>) => {
    this.asked.push(name)
    const handler: Handlers[N] = this.handlers[name]
    if (!handler) throw new Error(`Nobody answers ${name}.`)
    return handler(...args)
  }
}

let files: Files
let session: Session

beforeEach(() => {
  vi.useFakeTimers()
  files = new Files()
  session = new Session(files.open(), builtInSteps, files.ask)
})

const rename = (name: string) =>
  session.edit({ label: `Rename to ${name}`, apply: (document) => renameFlow(document, name) })
const connectBoth = () => connectTo(session, { from: 'start-1', outcome: 'Done', to: 'end-1' })

describe('an open flow', () => {
  it('is dirty after an edit, and no more once that is undone', () => {
    expect(session.dirty).toBe(false)
    rename('Mails')
    expect(session.dirty).toBe(true)
    session.undo()
    expect(session.dirty).toBe(false)
    expect(session.redoLabel).toBe('Rename to Mails')
  })

  it('is checked as it is drawn', () => {
    expect(session.errors.length).toBeGreaterThan(0)
    connectBoth()
    expect(session.problems).toEqual([])
  })

  it('brings the selection back with undo', () => {
    session.select(selectSteps('end-1'))
    deleteSelected(session)
    expect(session.selection.steps).toEqual([])
    session.undo()
    expect(session.selection.steps).toEqual(['end-1'])
  })

  it('tells why two steps cannot be connected, and changes nothing', () => {
    connectTo(session, { from: 'start-1', outcome: 'Done', to: 'start-1' })
    expect(session.notice?.tone).toBe('fail')
    expect(session.dirty).toBe(false)
  })

  it('undoes moves by arrow keys together, and drags one by one', () => {
    moveTo(session, { 'end-1': { x: 408, y: 0 } }, 'move end-1')
    moveTo(session, { 'end-1': { x: 416, y: 0 } }, 'move end-1')
    session.undo()
    expect(session.document).toBe(start)
    moveTo(session, { 'end-1': { x: 500, y: 0 } })
    moveTo(session, { 'end-1': { x: 600, y: 0 } })
    session.undo()
    expect(session.document.layout['end-1']).toEqual({ x: 500, y: 0 })
  })

  it('selects what is added, behind what was selected', () => {
    const [definition] = builtInSteps.filter(({ type }) => type === 'log')
    session.select(selectSteps('start-1'))
    if (definition) addAfterSelected(session, definition)
    expect(session.step?.name).toBe('Log 1')
    expect(session.flow.connections).toEqual([{ from: 'start-1', outcome: 'Done', to: 'log-1' }])
  })

  it('copies and pastes through text', () => {
    session.select(selectSteps('end-1'))
    const text = copySelected(session) ?? ''
    pasteText(session, text)
    expect(session.step?.name).toBe('End Step 1')
    pasteText(session, 'nothing of the kind')
    expect(session.notice?.tone).toBe('fail')
  })
})

describe('saving', () => {
  it('writes the document, and the flow is clean', async () => {
    rename('Mails')
    expect(await session.save()).toBe(true)
    expect(files.document.flow.name).toBe('Mails')
    expect(session.dirty).toBe(false)
    rename('Post')
    expect(await session.save()).toBe(true)
    expect(files.version).toBe(3)
  })

  it('writes nothing over what someone else wrote, but asks', async () => {
    files.version = 9
    rename('Mails')
    expect(await session.save()).toBe(false)
    expect(session.conflict).toBe(true)
    expect(files.document).toBe(start)
    expect(await session.overwrite()).toBe(true)
    expect(files.document.flow.name).toBe('Mails')
    expect(session.conflict).toBe(false)
  })

  it('takes the file’s, and undo brings back what was on the screen', async () => {
    files.version = 9
    files.document = renameFlow(start, 'Theirs')
    rename('Mine')
    await session.save()
    await session.takeFile()
    expect(session.flow.name).toBe('Theirs')
    expect(session.dirty).toBe(false)
    session.undo()
    expect(session.flow.name).toBe('Mine')
    expect(await session.save()).toBe(true)
  })

  it('follows a change of the file by itself while nothing is unsaved here', async () => {
    files.version = 2
    files.document = renameFlow(start, 'Theirs')
    await session.fileChanged()
    expect(session.flow.name).toBe('Theirs')
    rename('Mine')
    files.version = 3
    await session.fileChanged()
    expect(session.flow.name).toBe('Mine')
  })

  it('says what went wrong', async () => {
    files.handlers['flow:save'] = () => {
      throw new Error('The disk is full.')
    }
    rename('Mails')
    expect(await session.save()).toBe(false)
    expect(session.notice).toEqual({ text: 'The disk is full.', tone: 'fail' })
    expect(session.dirty).toBe(true)
  })
})

describe('drafts', () => {
  it('are kept within a second of the last change, once', async () => {
    rename('M')
    await vi.advanceTimersByTimeAsync(DraftKeeper.delay - 100)
    rename('Ma')
    expect(files.draft).toBeUndefined()
    await vi.advanceTimersByTimeAsync(DraftKeeper.delay)
    expect(files.draft?.flow.name).toBe('Ma')
    expect(files.asked.filter((name) => name === 'flow:keep-draft')).toHaveLength(1)
    expect(DraftKeeper.delay).toBeLessThan(1000)
  })

  it('go when the changes are saved, or undone', async () => {
    rename('Mails')
    await session.close()
    expect(files.draft).toBeDefined()
    await session.save()
    await session.close()
    expect(files.draft).toBeUndefined()
    rename('Post')
    await session.close()
    session.undo()
    await session.close()
    expect(files.draft).toBeUndefined()
  })

  it('of an earlier session are restored as an edit, with the hash they began with', async () => {
    const draft = { document: renameFlow(start, 'Draft'), base: '0', keptAt: 1 }
    session = new Session({ ...files.open(), draft }, builtInSteps, files.ask)
    session.restoreDraft()
    expect(session.flow.name).toBe('Draft')
    expect(session.draft).toBeUndefined()
    expect(await session.save()).toBe(false)
    expect(session.conflict).toBe(true)
    session.undo()
    expect(session.flow.name).toBe('Letters')
  })

  it('of an earlier session can be discarded', async () => {
    files.draft = start
    session = new Session(
      { ...files.open(), draft: { document: start, base: '1', keptAt: 1 } },
      builtInSteps,
      files.ask
    )
    session.discardDraft()
    await session.close()
    expect(files.draft).toBeUndefined()
    expect(session.dirty).toBe(false)
  })
})

describe('commands', () => {
  const done: string[] = []
  const desk = (): Desk => ({
    session,
    run: () => done.push('run'),
    debug: () => done.push('debug'),
    showProblems: () => done.push('problems'),
    findStep: () => done.push('find')
  })
  beforeEach(() => {
    done.length = 0
  })

  it('do nothing when they cannot be run', async () => {
    expect(await runCommand('save', desk())).toBe(false)
    expect(await runCommand('undo', desk())).toBe(false)
    expect(await runCommand('delete', desk())).toBe(false)
    expect(files.asked).toEqual([])
  })

  it('undo and redo', async () => {
    rename('Mails')
    expect(await runCommand('undo', desk())).toBe(true)
    expect(session.flow.name).toBe('Letters')
    await runCommand('redo', desk())
    expect(session.flow.name).toBe('Mails')
  })

  it('do not run a flow with errors, but show them', async () => {
    await runCommand('debug', desk())
    expect(done).toEqual(['problems'])
    expect(session.notice?.tone).toBe('fail')
    connectBoth()
    await runCommand('debug', desk())
    await runCommand('run', desk())
    expect(done).toEqual(['problems', 'debug', 'run'])
  })

  it('select all, and delete it', async () => {
    connectBoth()
    await runCommand('select-all', desk())
    expect(session.selection.steps).toHaveLength(2)
    expect(session.selection.connections).toHaveLength(1)
    await runCommand('delete', desk())
    expect(session.flow.steps).toEqual([])
    session.undo()
    expect(session.flow.connections).toHaveLength(1)
  })

  it('tell what went wrong', async () => {
    const broken = { ...desk(), run: () => expect.unreachable('The runner is down.') }
    connectBoth()
    expect(await runCommand('run', broken)).toBe(true)
    expect(session.notice?.text).toContain('The runner is down.')
  })
})
