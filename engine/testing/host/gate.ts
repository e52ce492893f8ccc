/** What a disk is asked to keep passes here, so that a test can hold it up or turn it away. */
export interface Gate {
  /** Resolves when nothing holds it up; rejects once the disk has failed. */
  pass(): Promise<void>
  /** Lets nothing pass until the function that is returned is called. */
  hold(): () => void
  /** From now on, everything that has not passed is turned away as by a full disk. */
  fail(): void
}

export function gate(): Gate {
  let open = Promise.resolve()
  let failed = false
  return {
    async pass() {
      await open
      if (failed) throw Object.assign(new Error('ENOSPC: made to fail'), { code: 'ENOSPC' })
    },
    hold() {
      let release = (): void => undefined
      open = new Promise((resolve) => (release = resolve))
      return () => {
        release()
      }
    },
    fail() {
      failed = true
    }
  }
}
