/** A row of a tree. Rows with `children` (also an empty list) can be opened and closed. */
export interface TreeItem {
  /** Unique in the whole tree. */
  readonly id: string
  readonly label: string
  readonly icon?: string
  /** The icon while it is open. */
  readonly openIcon?: string
  /** A quiet word or number at the right. */
  readonly note?: string | number
  readonly children?: readonly TreeItem[]
  readonly draggable?: boolean
}

/** A row as it stands on the screen. `level` counts from 1. */
export interface TreeRow {
  readonly item: TreeItem
  readonly level: number
  readonly parent: TreeItem | undefined
  readonly index: number
  readonly count: number
}

/** The rows that can be seen: those under closed ones left out. */
export function rowsOf(items: readonly TreeItem[], open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = []
  const walk = (list: readonly TreeItem[], level: number, parent: TreeItem | undefined) => {
    list.forEach((item, index) => {
      rows.push({ item, level, parent, index, count: list.length })
      if (item.children && open.has(item.id)) walk(item.children, level + 1, item)
    })
  }
  walk(items, 1, undefined)
  return rows
}
