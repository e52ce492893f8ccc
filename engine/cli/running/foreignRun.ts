import { type Run, builtInSteps } from '../../index.ts'
import type { RunStart } from '../../host/index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { flowName, stepName } from '../namesInRun.ts'

/** Says that a run was not started here, what it would do if it went on with `start`, and the command that lets it. */
export function foreignRun(id: string, run: Run | undefined, start: RunStart, command: string): string[] {
  return [
    cliMessages.runForeign(id),
    ...(run
      ? [cliMessages.foreignWould(flowName(run, run.flow), placesIn(run), start.root, accountsIn(run, start))]
      : []),
    cliMessages.foreignHelp(command)
  ]
}

/** The steps at which a run stands, and how far they are. */
function placesIn(run: Run): string[] {
  return run.visits
    .filter(({ state }) => state === 'running')
    .map(({ frame, step, progress }) => cliMessages.place(stepName(run, frame, step), progress?.done, progress?.total))
}

/** The accounts by which the steps of a run send mails; none when no step does. */
function accountsIn(run: Run, { mail }: RunStart): string[] {
  const named = Object.values(run.flows).flatMap(({ steps }) =>
    steps.flatMap((step) => {
      const settings = builtInSteps.find(({ type }) => type === step.type)?.settings ?? {}
      return Object.keys(settings)
        .filter((name) => settings[name]?.kind === 'account')
        .map((name) => step.settings[name])
    })
  )
  return [...new Set(named.map((name) => (typeof name === 'string' && name !== '' ? name : mail)))]
}
