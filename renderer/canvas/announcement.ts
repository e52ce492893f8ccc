import type { Drawing } from '../drawing/drawing.ts'
import type { Linking } from './linking.svelte.ts'

/** What a screen reader says while a connection is made by keyboard; empty otherwise. */
export function announcementOf(drawing: Drawing, linking: Linking): string {
  const { link, target } = linking
  if (!link) return ''
  const from = `${link.outcome ?? 'Reply'} of ${nameOf(drawing, link.from)}`
  if (target === undefined) return `${from} has nowhere to lead to. Press Escape.`
  const place = `${link.at + 1} of ${link.targets.length}`
  return `Connect ${from} to ${nameOf(drawing, target)}, ${place}. Arrow keys or Tab choose another step, Enter connects, Escape gives up.`
}

function nameOf(drawing: Drawing, id: string): string {
  return drawing.steps.get(id)?.step.name ?? id
}
