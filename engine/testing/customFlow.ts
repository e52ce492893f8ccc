import { type Flow, type Value, exit } from '../model/index.ts'
import { withCustom } from './customStep.ts'
import { flowFromText } from './flowFromText.ts'

// What tests of the interpreter write their flows with.

/** A Custom step that does nothing. */
export const done = exit('Done', { Out: null })

const named = withCustom(() => done)

export type Extras = Parameters<typeof flowFromText>[2]

/** A flow of the steps that tests have, Custom among them. */
export const customFlow = (text: string, extras?: Extras): Flow => flowFromText(text, named, extras)

export const constant = (value: Value) => ({ kind: 'constant', value }) as const

/** A Pause Flow of so many seconds. */
export const pause = (seconds: number) => ({ inputs: { Seconds: constant(seconds) } })

/** A Wait for Signal. */
export const waitsFor = (signal: string) => ({ inputs: { Signal: constant(signal) } })

/** A For Each over so many items. */
export const items = (count: number) => ({
  inputs: { Items: constant(Array.from({ length: count }, (_, index) => index)) }
})

/** A step that calls the flow at `path`. */
export const calls = (path: string) => ({ settings: { Flow: path } })
