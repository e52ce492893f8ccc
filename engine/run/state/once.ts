/** Something that happens once: it can be waited for before and after. */
export class Once<T> {
  #result: { readonly value: T } | undefined
  #resolve: ((value: T) => void) | undefined
  #promise: Promise<T> | undefined

  /** What counts is what is given first. */
  give(value: T): void {
    if (this.#result) return
    this.#result = { value }
    this.#resolve?.(value)
  }

  /** Made when somebody asks for it: most runs are short. */
  get promise(): Promise<T> {
    this.#promise ??= this.#result
      ? Promise.resolve(this.#result.value)
      : new Promise((resolve) => {
          this.#resolve = resolve
        })
    return this.#promise
  }
}
