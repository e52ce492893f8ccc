/** A name that none of `taken` has: 'Input 1', 'Input 2', ... */
export function freeName(word: string, taken: readonly { readonly name: string }[]): string {
  for (let number = 1; ; number++) {
    const name = `${word} ${number}`
    if (!taken.some((one) => one.name === name)) return name
  }
}
