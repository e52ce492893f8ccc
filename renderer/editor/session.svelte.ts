import type { OpenFlow, RunSummary } from '../../electron/ipc/contract.ts'
import {
  type FlowDocument,
  type Problem,
  type Step,
  type StepDefinition,
  type StepId,
  type StepSurroundings,
  checkFlow,
  stepOf
} from '../../engine/index.ts'
import { type Ask, codeOf } from './ask.ts'
import { DraftKeeper } from './draftKeeper.ts'
import { type Edit, type History, edit, redo, seal, select, startHistory, undo } from './history.ts'
import type { Known } from './placeStep.ts'
import { type Selection, keepExisting, nothingSelected, sameSelection } from './selection.ts'
import { Surroundings } from './surroundings.svelte.ts'

/** A sentence about what has just happened, shown at the bottom of the screen. */
export interface Notice {
  readonly text: string
  readonly tone: 'info' | 'fail'
}

/** A place in a form that somebody asked to see. */
export interface Wanted {
  readonly step: StepId
  readonly field?: string | undefined
}

/** The open flow: its document with history and selection, what is wrong with it, and how it stands to its file. */
export class Session {
  readonly path: string
  readonly surroundings: Surroundings
  readonly #ask: Ask
  readonly #drafts: DraftKeeper
  #history: History
  /** The document as the file has it. */
  #saved: FlowDocument
  /** Hash of the text that the edits began with. */
  #base: string
  readonly document = $derived.by(() => this.#history.present.document)
  readonly flow = $derived.by(() => this.document.flow)
  readonly selection = $derived.by(() => this.#history.present.selection)
  readonly dirty = $derived.by(() => this.document !== this.#saved)
  readonly problems: readonly Problem[] = $derived.by(() =>
    checkFlow({ flow: this.flow, layout: {} }, this.definitions, this.surroundings)
  )
  /** What undo and redo would do; undefined when there is nothing. */
  readonly undoLabel = $derived.by(() => this.#history.done.at(-1)?.label)
  readonly redoLabel = $derived.by(() => this.#history.undone.at(-1)?.label)
  /** Unsaved changes of an earlier session, until the person has decided about them. */
  draft = $state.raw<OpenFlow['draft']>()
  /** The file was changed by someone else since the edits began: saving waits for a decision. */
  conflict = $state(false)
  saving = $state(false)
  savedAt = $state.raw<number>()
  lastRun = $state.raw<RunSummary>()
  notice = $state.raw<Notice>()
  wanted = $state.raw<Wanted>()

  constructor(open: OpenFlow, definitions: readonly StepDefinition[], ask: Ask) {
    this.path = open.path
    this.#ask = ask
    this.#drafts = new DraftKeeper(open.path, ask)
    this.surroundings = new Surroundings(open.path, definitions, ask)
    this.surroundings.addChildren(open.children)
    this.#history = $state.raw(startHistory({ document: open.document, selection: nothingSelected }))
    this.#saved = $state.raw(open.document)
    this.#base = open.hash
    this.draft = open.draft
    this.lastRun = open.lastRun
  }

  get definitions(): readonly StepDefinition[] {
    return this.surroundings.definitions
  }

  /** The open flow with the flows around it, for whatever depends on where a step stands. */
  get around(): StepSurroundings {
    return { flow: this.flow, flowAt: this.surroundings.flowAt }
  }

  get known(): Known {
    return { definitions: this.definitions, flowAt: this.surroundings.flowAt }
  }

  /** The one selected step; undefined when none or several are. */
  get step(): Step | undefined {
    const [id, another] = this.selection.steps
    return id === undefined || another !== undefined ? undefined : stepOf(this.flow, id)
  }

  definitionOf(step: Step): StepDefinition | undefined {
    return this.definitions.find(({ type }) => type === step.type)
  }

  get errors(): readonly Problem[] {
    return this.problems.filter(({ severity }) => severity === 'error')
  }

  edit(change: Edit): void {
    this.#show(edit(this.#history, change))
  }

  undo(): void {
    this.#show(undo(this.#history))
  }

  redo(): void {
    this.#show(redo(this.#history))
  }

  select(selection: Selection): void {
    const kept = keepExisting(selection, this.document)
    if (!sameSelection(kept, this.selection)) this.#history = select(this.#history, kept)
  }

  /** The next edit is undone by itself, whatever its merge key: the person went elsewhere. */
  seal(): void {
    this.#history = seal(this.#history)
  }

  /** Selects a step and asks for the cursor in one of its fields. */
  goTo(step: StepId, field?: string): void {
    this.select({ steps: [step], connections: [] })
    this.wanted = { step, field }
  }

  tell(text: string, tone: Notice['tone'] = 'info'): void {
    this.notice = { text, tone }
  }

  /** Says why something could not be done. */
  fail(error: unknown): void {
    this.tell(error instanceof Error ? error.message : String(error), 'fail')
  }

  /** Writes the document to its file. Answers whether it is there; says why when it is not. */
  async save(): Promise<boolean> {
    const document = this.document
    this.saving = true
    try {
      const { hash, savedAt } = await this.#ask('flow:save', this.path, document, this.#base)
      this.#base = hash
      this.#saved = document
      this.savedAt = savedAt
      this.seal()
      this.#keepDraft()
      return true
    } catch (error) {
      if (codeOf(error) === 'flow-changed') this.conflict = true
      else this.fail(error)
      return false
    } finally {
      this.saving = false
    }
  }

  /** Writes the document over what someone else wrote. */
  async overwrite(): Promise<boolean> {
    this.conflict = false
    const { hash } = await this.#ask('flow:read', this.path)
    this.#base = hash
    return this.save()
  }

  /** Takes the file as it is now, as an edit: undo brings back what was on the screen. */
  async takeFile(): Promise<void> {
    this.conflict = false
    const { document, hash, children } = await this.#ask('flow:read', this.path)
    this.surroundings.addChildren(children)
    this.#base = hash
    this.#saved = document
    this.edit({ label: 'Take the file’s', apply: () => document })
    this.#keepDraft()
  }

  /** The file may have been changed outside: takes it when there is nothing unsaved here. */
  async fileChanged(): Promise<void> {
    if (this.dirty || this.draft) return
    const before = this.document
    const { hash } = await this.#ask('flow:read', this.path)
    if (hash !== this.#base && this.document === before) await this.takeFile()
  }

  /** Goes on with the unsaved changes of an earlier session; undo brings back the file's. */
  restoreDraft(): void {
    const draft = this.draft
    if (!draft) return
    this.draft = undefined
    this.#base = draft.base
    this.edit({ label: 'Restore unsaved changes', apply: () => draft.document })
  }

  discardDraft(): void {
    this.draft = undefined
    this.#keepDraft()
  }

  /** Before the flow goes from the screen: keeps what is not saved. */
  async close(): Promise<void> {
    await this.#drafts.flush()
  }

  #show(history: History): void {
    if (history === this.#history) return
    const { document } = history.present
    const selection = keepExisting(history.present.selection, document)
    this.#history = { ...history, present: { document, selection } }
    this.notice = undefined
    this.surroundings.readChildren(document.flow)
    this.#keepDraft()
  }

  #keepDraft(): void {
    this.#drafts.keep(this.dirty ? { document: this.document, base: this.#base } : undefined)
  }
}
