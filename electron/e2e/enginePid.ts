import type { OpenStudio } from './openStudio.ts'

/** The number of the process in which flows run. */
export function enginePid({ app }: OpenStudio): Promise<number> {
  return app.evaluate(({ app: electron }) => {
    const engine = electron.getAppMetrics().find(({ name }) => name === 'Tailrace Runner')
    if (!engine) throw new Error('There is no process in which flows run.')
    return engine.pid
  })
}
