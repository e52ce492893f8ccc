import type { DoubtHandling, FlowDocument, RunEvent, SettledState, Value, ValueRecord } from '../../engine/index.ts'

/**
 * Everything that crosses between the windows (renderer) and the main process. Types only: both sides share them, no
 * code. Paths are relative to the open Designer Folder and use forward slashes; the renderer never names absolute ones.
 */

/** renderer → main: a request and its answer. */
export interface Requests {
  'folder:read': () => FolderListing
  /** Lets the person choose a Designer Folder; undefined when they changed their mind. */
  'folder:choose': () => FolderListing | undefined
  /** The person trusts the open folder from now on; `folder:changed` follows. */
  'folder:trust': () => undefined
  'folder:create': (path: string) => FolderListing
  'flow:read': (path: string) => OpenFlow
  /** `base` is the hash of the text the edit began with; a file changed since then is refused with `flow-changed`. */
  'flow:save': (path: string, document: FlowDocument, base: string) => SavedFlow
  /** Keeps unsaved edits outside the folder, so that neither a crash nor quitting loses them. */
  'flow:keep-draft': (path: string, document: FlowDocument, base: string) => undefined
  'flow:drop-draft': (path: string) => undefined
  'flow:create': (folder: string, name: string, from: FlowTemplate) => FlowEntry
  /** Changes the name and the file's name. */
  'flow:rename': (path: string, name: string) => FlowEntry
  'flow:duplicate': (path: string) => FlowEntry
  /** Moves the file into the studio's own trash; the token brings it back. */
  'flow:delete': (path: string) => DeletedFlow
  'flow:restore': (token: string) => FlowEntry
  /** The column heads of a text or CSV document beside the flow, for forms; empty when it has none. */
  'document:columns': (flow: string, document: string) => DocumentPreview
  /** Lets the person choose a file; answers its path relative to the folder of `flow`, copying it there if outside. */
  'document:choose': (flow: string) => string | undefined
  /** Starts a run of the document as it is on the screen, saved or not. */
  'run:start': (request: RunRequest) => RunSummary
  /** Stops a run with all its threads; an interrupted one is settled as cancelled. */
  'run:cancel': (run: string) => undefined
  /** Ends one thread of a run. */
  'run:cancel-thread': (run: string, thread: number) => undefined
  /** Gives a run a signal: the step that waits for it goes on. */
  'run:signal': (run: string, signal: string, value: Value) => undefined
  /** Goes on with an interrupted run. With 'ask' and something in doubt it stays as it was: then its `offer` says what. */
  'run:resume': (run: string, inDoubt: DoubtHandling | 'ask') => RunSummary
  /** Leaves an interrupted run as it is, and does not ask about it again. */
  'run:leave': (run: string) => undefined
  /** All events so far; later ones come as `run:events`. */
  'run:read': (run: string) => readonly RunEvent[]
  'run:list': (flow?: string) => readonly RunSummary[]
  /** Opens the run's process folder, or all of them, in the file manager. */
  'run:show-folder': (run?: string) => undefined
  'outbox:list': (run: string) => readonly MailEntry[]
  'outbox:read': (run: string, file: string) => MailContent
  'settings:read': () => Settings
  'settings:change': (change: Partial<Settings>) => Settings
  'window:command': (command: 'minimize' | 'maximize' | 'close') => undefined
}

/** main → renderer: something happened. */
export interface Events {
  'folder:changed': FolderListing
  'run:events': { readonly run: string; readonly events: readonly RunEvent[] }
  'run:changed': RunSummary
  'settings:changed': Settings
  /** The process in which flows run went down and was started again; its runs are shown as interrupted. */
  'runner:restarted': { readonly interrupted: readonly string[] }
  /** Interrupted runs go on by themselves, as their flows want it. */
  'runs:resumed': { readonly runs: readonly RunSummary[] }
  /** The folders of these runs were deleted, as the settings want it. */
  'runs:pruned': { readonly runs: readonly string[] }
  /** A choice in the application menu, such as 'save' or 'debug'. */
  'menu:command': string
}

export interface FolderListing {
  /** The name people see: the folder's own. */
  readonly name: string
  /** Whether the person trusts it. Until then it is shown, and nothing in it runs, is worked out or read beside the flows. */
  readonly trusted: boolean
  /** Sub-folders by path, '' for the Designer Folder itself, each with its flows. */
  readonly folders: readonly FolderEntry[]
}

export interface FolderEntry {
  readonly path: string
  readonly name: string
  readonly flows: readonly FlowEntry[]
}

/** One flow file. A file that cannot be read has a `problem` and no document; it is listed all the same. */
export interface FlowEntry {
  readonly path: string
  readonly name: string
  readonly document?: FlowDocument
  readonly problem?: string
  /** Wall time of the last edit, milliseconds since 1970. */
  readonly editedAt: number
  readonly hasDraft: boolean
  readonly lastRun?: RunSummary
}

export interface OpenFlow {
  readonly path: string
  readonly document: FlowDocument
  /** Hash of the file's text. */
  readonly hash: string
  /** Unsaved edits kept from an earlier session, and the hash they began with. */
  readonly draft?: { readonly document: FlowDocument; readonly base: string; readonly keptAt: number }
  /** The flows that its steps call, by the path as the steps write it. */
  readonly children: { readonly [path: string]: FlowDocument['flow'] }
  readonly lastRun?: RunSummary
}

export interface SavedFlow {
  readonly hash: string
  readonly savedAt: number
}

export type FlowTemplate = 'empty' | 'send-emaillist'

export interface DeletedFlow {
  readonly token: string
  readonly name: string
}

export interface DocumentPreview {
  readonly columns: readonly string[]
  readonly rows: number
  /** There are more than these: only the start of a long document is looked at. */
  readonly more?: boolean
  /** A sentence when it cannot be read. */
  readonly problem?: string
}

export interface RunRequest {
  readonly path: string
  readonly document: FlowDocument
  readonly inputs: ValueRecord
}

/** A run without its events. `replied` and `settled` are two things and are always shown apart. */
export interface RunSummary {
  readonly id: string
  /** Path of the flow file. */
  readonly flow: string
  readonly name: string
  /** Counts the runs of this flow from 1. */
  readonly number: number
  readonly startedAt: string
  readonly replied?: { readonly outcome: string; readonly at: number }
  readonly settled?: { readonly state: SettledState; readonly at: number }
  /** Its process ended before it was settled, and no other one goes on with it. */
  readonly interrupted?: boolean
  /** It is interrupted and was not started by this installation in this place: it is shown, and not resumed. */
  readonly foreign?: boolean
  /** A sentence when its journal is damaged, so that it cannot be resumed. What came before the damage is shown. */
  readonly damaged?: string
  /** How often it has been resumed. */
  readonly resumed?: number
  /** It is interrupted, and a person is to say what happens to it. */
  readonly offer?: RunOffer
  /** Where it is: the name of the step that is running, or of the one that failed, and how far. */
  readonly place?: { readonly step: string; readonly done?: number; readonly total?: number }
  /** Background threads that have not ended. */
  readonly background: number
}

/** What a person needs to know to decide about an interrupted run. */
export interface RunOffer {
  /** Steps that were doing something of which nobody knows whether it happened. */
  readonly doubts: readonly RunDoubt[]
  /** A sentence when it was to go on by itself and could not. */
  readonly problem?: string
}

export interface RunDoubt {
  /** The step's name. */
  readonly step: string
  /** The items concerned, such as addresses; none when it is the step as a whole. */
  readonly items: readonly string[]
}

export interface MailEntry {
  readonly file: string
  readonly to: string
  readonly subject: string
  readonly date: string
}

export interface MailContent extends MailEntry {
  readonly from: string
  readonly cc: string
  readonly replyTo: string
  readonly text: string
  readonly html: string
  readonly attachments: readonly { readonly name: string; readonly size: number }[]
  /** The file as it is. */
  readonly source: string
}

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  /** Name of the mail account for flows that leave it open: 'Outbox' or one of `accounts`. */
  readonly mail: string
  /** SMTP servers by name. Passwords are not kept here. */
  readonly accounts: readonly MailAccount[]
  /** Which settled runs are kept; all of them when it says nothing. */
  readonly retention?: Retention
}

/** Settled runs beyond these are deleted with their folders. Failed backgrounds and interrupted runs always stay. */
export interface Retention {
  /** At most so many of each flow. */
  readonly perFlow?: number
  /** None older than so many days. */
  readonly days?: number
}

export interface MailAccount {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: string
}

/** Every answer crosses as data: errors keep their code and sentence. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } }

export type RequestName = keyof Requests
export type EventChannel = keyof Events

/** What the preload puts into the window as `window.studio`. */
export interface Studio {
  request<N extends RequestName>(name: N, ...args: Parameters<Requests[N]>): Promise<Reply<ReturnType<Requests[N]>>>
  /** Returns the unsubscribe function. */
  on<N extends EventChannel>(name: N, listener: (payload: Events[N]) => void): () => void
  readonly platform: string
}
