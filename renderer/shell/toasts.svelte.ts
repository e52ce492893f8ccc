import type { Toast } from '../ui/toast.ts'

/** How long a toast stays: longer when something can still be done about it. In milliseconds. */
const stay = { plain: 5_000, withAction: 12_000 }

/** The toasts on the screen, newest last. They go by themselves; one with an action stays longer. */
export class Toasts {
  #shown = $state.raw<readonly Toast[]>([])
  #next = 1

  get shown(): readonly Toast[] {
    return this.#shown
  }

  show(text: string, tone: Toast['tone'] = 'info', action?: Toast['action']): void {
    const toast = { id: this.#next++, text, tone, action }
    this.#shown = [...this.#shown.slice(-2), toast]
    setTimeout(() => this.close(toast.id), action || tone === 'fail' ? stay.withAction : stay.plain)
  }

  close(id: number): void {
    this.#shown = this.#shown.filter((toast) => toast.id !== id)
  }
}
