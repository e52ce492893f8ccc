import ArrowDown from '@lucide/svelte/icons/arrow-down'
import ArrowDownToDot from '@lucide/svelte/icons/arrow-down-to-dot'
import ArrowUp from '@lucide/svelte/icons/arrow-up'
import ArrowUpDown from '@lucide/svelte/icons/arrow-up-down'
import AtSign from '@lucide/svelte/icons/at-sign'
import Bold from '@lucide/svelte/icons/bold'
import Braces from '@lucide/svelte/icons/braces'
import Brackets from '@lucide/svelte/icons/brackets'
import Bug from '@lucide/svelte/icons/bug'
import Calendar from '@lucide/svelte/icons/calendar'
import Check from '@lucide/svelte/icons/check'
import ChevronDown from '@lucide/svelte/icons/chevron-down'
import ChevronRight from '@lucide/svelte/icons/chevron-right'
import ChevronUp from '@lucide/svelte/icons/chevron-up'
import CircleAlert from '@lucide/svelte/icons/circle-alert'
import CircleStop from '@lucide/svelte/icons/circle-stop'
import Code from '@lucide/svelte/icons/code'
import Copy from '@lucide/svelte/icons/copy'
import CornerDownRight from '@lucide/svelte/icons/corner-down-right'
import Crosshair from '@lucide/svelte/icons/crosshair'
import Database from '@lucide/svelte/icons/database'
import Ellipsis from '@lucide/svelte/icons/ellipsis'
import FilePlus from '@lucide/svelte/icons/file-plus'
import FileText from '@lucide/svelte/icons/file-text'
import Flag from '@lucide/svelte/icons/flag'
import Folder from '@lucide/svelte/icons/folder'
import FolderOpen from '@lucide/svelte/icons/folder-open'
import FolderPlus from '@lucide/svelte/icons/folder-plus'
import Funnel from '@lucide/svelte/icons/funnel'
import GitBranch from '@lucide/svelte/icons/git-branch'
import Globe from '@lucide/svelte/icons/globe'
import Grip from '@lucide/svelte/icons/grip-vertical'
import Hand from '@lucide/svelte/icons/hand'
import Hash from '@lucide/svelte/icons/hash'
import History from '@lucide/svelte/icons/history'
import Hourglass from '@lucide/svelte/icons/hourglass'
import Inbox from '@lucide/svelte/icons/inbox'
import Info from '@lucide/svelte/icons/info'
import Italic from '@lucide/svelte/icons/italic'
import IterationCcw from '@lucide/svelte/icons/iteration-ccw'
import Key from '@lucide/svelte/icons/key-round'
import LayoutGrid from '@lucide/svelte/icons/layout-grid'
import Link from '@lucide/svelte/icons/link'
import List from '@lucide/svelte/icons/list'
import ListChecks from '@lucide/svelte/icons/list-checks'
import ListPlus from '@lucide/svelte/icons/list-plus'
import LogOut from '@lucide/svelte/icons/log-out'
import Mail from '@lucide/svelte/icons/mail'
import Map from '@lucide/svelte/icons/map'
import Maximize from '@lucide/svelte/icons/maximize'
import Merge from '@lucide/svelte/icons/merge'
import Minus from '@lucide/svelte/icons/minus'
import OctagonAlert from '@lucide/svelte/icons/octagon-alert'
import Paperclip from '@lucide/svelte/icons/paperclip'
import Pause from '@lucide/svelte/icons/pause'
import Pencil from '@lucide/svelte/icons/pencil'
import Play from '@lucide/svelte/icons/play'
import Plus from '@lucide/svelte/icons/plus'
import Radio from '@lucide/svelte/icons/radio'
import RadioTower from '@lucide/svelte/icons/radio-tower'
import Redo from '@lucide/svelte/icons/redo-2'
import Repeat from '@lucide/svelte/icons/repeat'
import Repeat2 from '@lucide/svelte/icons/repeat-2'
import RotateCw from '@lucide/svelte/icons/rotate-cw'
import Route from '@lucide/svelte/icons/route'
import Save from '@lucide/svelte/icons/save'
import ScrollText from '@lucide/svelte/icons/scroll-text'
import Search from '@lucide/svelte/icons/search'
import Send from '@lucide/svelte/icons/send'
import Settings from '@lucide/svelte/icons/settings'
import ShieldCheck from '@lucide/svelte/icons/shield-check'
import SkipForward from '@lucide/svelte/icons/skip-forward'
import Split from '@lucide/svelte/icons/split'
import Square from '@lucide/svelte/icons/square'
import SquarePen from '@lucide/svelte/icons/square-pen'
import StickyNote from '@lucide/svelte/icons/sticky-note'
import Table from '@lucide/svelte/icons/table-2'
import TextCursorInput from '@lucide/svelte/icons/text-cursor-input'
import Timer from '@lucide/svelte/icons/timer'
import ToggleLeft from '@lucide/svelte/icons/toggle-left'
import Trash from '@lucide/svelte/icons/trash-2'
import TriangleAlert from '@lucide/svelte/icons/triangle-alert'
import Type from '@lucide/svelte/icons/type'
import Undo from '@lucide/svelte/icons/undo-2'
import Unplug from '@lucide/svelte/icons/unplug'
import Users from '@lucide/svelte/icons/users'
import Workflow from '@lucide/svelte/icons/workflow'
import X from '@lucide/svelte/icons/x'
import Zap from '@lucide/svelte/icons/zap'
import type { Component } from 'svelte'

/** A lucide icon as a Svelte component. */
type IconComponent = Component<{ size?: number; strokeWidth?: number; 'aria-hidden'?: 'true' }>

/** The icons of the studio by their lucide names. An icon that is not listed here is drawn as `unplug`. */
export const icons: Readonly<Record<string, IconComponent>> = {
  'arrow-down': ArrowDown,
  'arrow-down-to-dot': ArrowDownToDot,
  'arrow-up': ArrowUp,
  'arrow-up-down': ArrowUpDown,
  'at-sign': AtSign,
  bold: Bold,
  braces: Braces,
  brackets: Brackets,
  bug: Bug,
  calendar: Calendar,
  check: Check,
  'chevron-down': ChevronDown,
  'chevron-right': ChevronRight,
  'chevron-up': ChevronUp,
  'circle-alert': CircleAlert,
  'circle-stop': CircleStop,
  code: Code,
  copy: Copy,
  'corner-down-right': CornerDownRight,
  crosshair: Crosshair,
  database: Database,
  ellipsis: Ellipsis,
  'file-plus': FilePlus,
  'file-text': FileText,
  flag: Flag,
  folder: Folder,
  'folder-open': FolderOpen,
  'folder-plus': FolderPlus,
  funnel: Funnel,
  'git-branch': GitBranch,
  globe: Globe,
  'grip-vertical': Grip,
  hand: Hand,
  hash: Hash,
  history: History,
  hourglass: Hourglass,
  inbox: Inbox,
  info: Info,
  italic: Italic,
  'iteration-ccw': IterationCcw,
  'key-round': Key,
  'layout-grid': LayoutGrid,
  link: Link,
  list: List,
  'list-checks': ListChecks,
  'list-plus': ListPlus,
  'log-out': LogOut,
  mail: Mail,
  map: Map,
  maximize: Maximize,
  merge: Merge,
  minus: Minus,
  'octagon-alert': OctagonAlert,
  paperclip: Paperclip,
  pause: Pause,
  pencil: Pencil,
  play: Play,
  plus: Plus,
  radio: Radio,
  'radio-tower': RadioTower,
  'redo-2': Redo,
  repeat: Repeat,
  'repeat-2': Repeat2,
  'rotate-cw': RotateCw,
  route: Route,
  save: Save,
  'scroll-text': ScrollText,
  search: Search,
  send: Send,
  settings: Settings,
  'shield-check': ShieldCheck,
  'skip-forward': SkipForward,
  split: Split,
  square: Square,
  'square-pen': SquarePen,
  'sticky-note': StickyNote,
  'table-2': Table,
  'text-cursor-input': TextCursorInput,
  timer: Timer,
  'toggle-left': ToggleLeft,
  'trash-2': Trash,
  'triangle-alert': TriangleAlert,
  type: Type,
  'undo-2': Undo,
  unplug: Unplug,
  users: Users,
  workflow: Workflow,
  x: X,
  zap: Zap
}
