/** A row of a menu, or a hairline between groups. */
export type MenuItem =
  | {
      readonly label: string
      readonly icon?: string
      readonly keys?: string
      readonly danger?: boolean
      readonly disabled?: boolean
      /** Makes the row a choice with a check mark. */
      readonly checked?: boolean
      /** A second, quieter word at the right. */
      readonly note?: string
      readonly onselect: () => void
    }
  | 'separator'
