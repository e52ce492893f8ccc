import type { Outside, RandomRun } from './randomRun.ts'

/** A random run as people would write it, for the report of a failure. */
export function describeRun({ flows, seed, outside }: Pick<RandomRun, 'flows' | 'seed' | 'outside'>): string {
  const lines = Object.entries(flows).map(([name, { steps, connections }]) => {
    const ways = connections.map(({ from, outcome, to }) => `${from} -[${outcome}]-> ${to}`)
    const more = steps.flatMap(({ id, type: _type, name: _name, ...rest }) => {
      const text = JSON.stringify(rest)
      return text === '{"settings":{},"inputs":{}}' ? [] : [`${id}: ${text}`]
    })
    return [`flow ${name}`, ...ways, ...more].join('\n  ')
  })
  return [`seed ${seed}`, ...outside.map(describeOutside), ...lines].join('\n')
}

const describeOutside = (one: Outside): string =>
  one.kind === 'signal'
    ? `signal ${one.signal} = ${one.value} at ${one.at}`
    : `cancel ${one.thread === undefined ? 'the run' : `thread ${one.thread}`} at ${one.at}`
