import type { Attachment } from 'svelte/attachments'

/** What a tooltip says: a few words and, if there is one, the key that does the same. */
export interface Tip {
  readonly text: string
  readonly keys?: string | undefined
}

const delay = 500
const gap = 6
let shown: HTMLElement | undefined

function hide(): void {
  shown?.remove()
  shown = undefined
}

function show(target: Element, tip: Tip): void {
  hide()
  const box = document.createElement('div')
  box.className = 'tooltip'
  box.setAttribute('aria-hidden', 'true')
  box.popover = 'manual'
  box.append(tip.text)
  if (tip.keys !== undefined) {
    const key = document.createElement('kbd')
    key.textContent = tip.keys
    box.append(key)
  }
  document.body.append(box)
  box.showPopover()
  const at = target.getBoundingClientRect()
  const size = box.getBoundingClientRect()
  const below = at.bottom + gap + size.height < window.innerHeight
  const left = Math.min(Math.max(4, at.left + at.width / 2 - size.width / 2), window.innerWidth - size.width - 4)
  box.style.left = `${left}px`
  box.style.top = `${below ? at.bottom + gap : at.top - gap - size.height}px`
  shown = box
}

/**
 * Shows a tooltip on hover (after half a second) and on keyboard focus: `{@attach tooltip({ text, keys })}`. It repeats the
 * accessible name, which the control carries itself, so it is hidden from screen readers.
 */
export function tooltip(tip: Tip | undefined): Attachment<HTMLElement> {
  return (target) => {
    if (tip === undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const enter = () => {
      timer = setTimeout(() => show(target, tip), delay)
    }
    const focus = () => {
      if (target.matches(':focus-visible')) show(target, tip)
    }
    const leave = () => {
      clearTimeout(timer)
      hide()
    }
    target.addEventListener('pointerenter', enter)
    target.addEventListener('pointerleave', leave)
    target.addEventListener('pointerdown', leave)
    target.addEventListener('focus', focus)
    target.addEventListener('blur', leave)
    return () => {
      leave()
      target.removeEventListener('pointerenter', enter)
      target.removeEventListener('pointerleave', leave)
      target.removeEventListener('pointerdown', leave)
      target.removeEventListener('focus', focus)
      target.removeEventListener('blur', leave)
    }
  }
}
