import type { Transition } from '../../model/index.ts'

/** What a step's run gives: at once, or as a promise, which has no kind. */
export type Answer = Transition | (Promise<Transition> & { readonly kind?: undefined })

/** What has to be over before a thread can go on; an answer that is due moves the thread itself. */
export type Wait = Promise<void> | 'answer due' | undefined
