/** A number from 0 to below 2³² that follows from a text. */
export function dice(text: string): number {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619) >>> 0
  value = Math.imul(value ^ (value >>> 15), 2246822507) >>> 0
  return (value ^ (value >>> 13)) >>> 0
}

/** How long something takes that follows from a text, in milliseconds: hardly ever as long as anything else. */
export const lengthOf = (drawn: number): number => 1 + (drawn % 1_000_003_391)
