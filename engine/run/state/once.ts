/** Something that happens once: it can be waited for before and after. */
export class Once<T> {
  #promise: Promise<T> | undefined
  /** There when somebody waited for it before it was given. */
  #resolve: ((value: T) => void) | undefined

  /** What counts is what is given first. */
  give(value: T): void {
    if (this.#resolve) this.#resolve(value)
    else this.#promise ??= Promise.resolve(value)
  }

  get promise(): Promise<T> {
    return (this.#promise ??= new Promise((resolve) => {
      this.#resolve = resolve
    }))
  }
}
