/** How people left a view, kept in this window's storage: reads a word that must be one of `choices`, the first by default. */
export function keptChoice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
  const kept = localStorage.getItem(`tailrace.${name}`)
  return choices.find((choice) => choice === kept) ?? choices[0]
}

/** Keeps it for the next time. */
export function keepChoice(name: string, choice: string): void {
  localStorage.setItem(`tailrace.${name}`, choice)
}
