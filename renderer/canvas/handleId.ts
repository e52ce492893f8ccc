/** How handles are named towards Svelte Flow: an outcome or the reply of a step, and the gates by side. */
const outcomePrefix = 'outcome:'

export const replyHandle = 'reply'

export function outcomeHandle(outcome: string): string {
  return outcomePrefix + outcome
}

export function gateHandle(side: string): string {
  return `gate:${side}`
}

/** The outcome that a handle stands for; undefined for the reply and for gates. */
export function outcomeOfHandle(handle: string): string | undefined {
  return handle.startsWith(outcomePrefix) ? handle.slice(outcomePrefix.length) : undefined
}
