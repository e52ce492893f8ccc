import type { Flow, Mapping, Step, Value } from '../../../model/index.ts'
import type { Fails, Given, Limited } from './program.ts'

/** An outcome that is not connected yet. */
export interface Open {
  readonly from: string
  readonly outcome: string
}

/** A flow while it is being drawn. Ids tell the flow, so that Work is known by its id alone. */
export class Drawing {
  readonly steps: Step[] = []
  readonly connections: Flow['connections'][number][] = []
  readonly variables: string[] = []
  /** When the Work at each step fails. */
  readonly fails: Map<string, Fails>
  /** The number of the last step. */
  number = 0
  /** Where steps so far have put what they give. */
  readonly #given: string[] = []
  readonly #flow: number
  readonly #crowded: boolean

  constructor(flow: number, crowded: boolean, fails: Map<string, Fails>) {
    this.#flow = flow
    this.#crowded = crowded
    this.fails = fails
  }

  add(type: string, title: string, more: Partial<Step> = {}): string {
    const id = `${title} ${this.#flow}-${++this.number}`
    this.steps.push({ id, name: id, type, settings: {}, inputs: {}, ...more })
    return id
  }

  connect(open: readonly Open[], to: string): void {
    for (const { from, outcome } of open) if (from !== to) this.connections.push({ from, outcome, to })
  }

  /** A step behind `open`, and what is open then. */
  then(open: readonly Open[], id: string, outcome = 'Done'): readonly Open[] {
    this.connect(open, id)
    return [{ from: id, outcome }]
  }

  /**
   * A Work step, so that what follows happens at a moment of its own: a fixed wait that begins together with another would
   * end together with it, and what two threads do at the same moment may come in any order. Not where it is crowded.
   */
  alone(open: readonly Open[]): readonly Open[] {
    return this.#crowded ? open : this.then(open, this.add('work', 'Work'))
  }

  limits({ retry, timeout }: Limited): Partial<Step> {
    return {
      ...(retry && { retry: { attempts: 2, wait: 1000 + this.number, factor: 2 } }),
      ...(timeout && { timeout: 600_000 + this.number * 7 })
    }
  }

  /** A variable of its own, which is nothing at first. */
  newVariable(): string {
    const name = `n${this.number}`
    this.variables.push(name)
    return name
  }

  gives(id: string, output: string): void {
    this.#given.push(`steps.${id}.${output}`)
  }

  /** Something that a step has given, or the variable of the flow. */
  some(): Mapping {
    return select(this.#given[this.number % this.#given.length] ?? 'flow.v')
  }

  /** All that steps have given. */
  all(): readonly Mapping[] {
    return this.#given.map(select)
  }

  /** The mapping of an input that may be anything. */
  anything(given: Given, drawn: Mapping): Mapping {
    if (given === 'clock') return { kind: 'list', items: [drawn, now] }
    if (given === 'drawn') return drawn
    return { kind: 'script', source: given === 'script' ? 'flow.v' : 'clock()' }
  }
}

export const now: Mapping = { kind: 'expression', source: 'now()' }
export const constant = (value: Value): Mapping => ({ kind: 'constant', value })
export const select = (path: string): Mapping => ({ kind: 'select', path })

/** A value that is drawn, or that a Script gives. */
export const fixed = (given: Given, value: Value): Mapping =>
  given === 'drawn' ? constant(value) : { kind: 'script', source: JSON.stringify(value) }
