import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { cliMessages } from '../../messages/cli.ts'
import { type FlowDocument, type Problem, stepOf } from '../../index.ts'
import {
  type DesignerFolder,
  HostError,
  checkFlows,
  designerFolder,
  flowFileSuffix,
  readFlows
} from '../../host/index.ts'
import { defineCommand } from '../grammar/command.ts'
import { UsageError } from '../grammar/usageError.ts'
import { exitCodes } from '../running/exitCode.ts'

/** What is told of a problem. `code` is its rule, which does not change. */
type ToldProblem = Pick<Problem, 'code' | 'severity' | 'step' | 'field' | 'message'>

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Checks flows and folders of flows',
  words: { path: { needed: 'what to check', many: true, offers: 'path' } },
  options: { json: { summary: 'Prints every problem as one line of JSON, with the id of its rule' } },
  async perform({ path: paths, json }, terminal) {
    const sum = { flows: 0, errors: 0, warnings: 0 }
    for (const place of paths) {
      const { folder, files } = await flowsAt(place)
      for (const file of files) {
        const { document, problems } = await problemsOf(folder, file)
        const errors = problems.filter(({ severity }) => severity === 'error').length
        sum.flows += 1
        sum.errors += errors
        sum.warnings += problems.length - errors
        if (!json) terminal.print(file)
        for (const { code, severity, step, field, message } of problems) {
          const name = nameOf(document, step)
          if (json)
            terminal.print(
              JSON.stringify({ file, rule: code, severity, step, name, field, message, folder: folder.root })
            )
          else terminal.print(cliMessages.problem(severity, name, field, message))
        }
        if (!json && problems.length === 0) terminal.print(cliMessages.flowFine)
      }
    }
    if (!json) terminal.print(cliMessages.checked(sum.flows, sum.errors, sum.warnings))
    return sum.errors > 0 ? exitCodes.wrongUsage : exitCodes.fine
  }
})

/** The flow files at a place, relative to their folder. */
async function flowsAt(place: string): Promise<{ folder: DesignerFolder; files: readonly string[] }> {
  const found = await stat(place).catch(() => undefined)
  if (!found) throw new UsageError(cliMessages.pathNotFound(place))
  const root = path.resolve(found.isDirectory() ? place : path.dirname(place))
  const folder = designerFolder(root, randomUUID)
  if (!found.isDirectory()) return { folder, files: [path.basename(place)] }
  const files = (await folder.list()).flatMap(({ flows }) => flows.map((flow) => flow.path))
  if (files.length > 0) return { folder, files }
  throw new UsageError(root.endsWith(flowFileSuffix) ? cliMessages.flowIsFolder(place) : cliMessages.noFlowsIn(place))
}

/** The problems of one flow; those of the flows it calls are told where they are. A file that cannot be read is a problem too. */
async function problemsOf(
  folder: DesignerFolder,
  file: string
): Promise<{ readonly document?: FlowDocument; readonly problems: readonly ToldProblem[] }> {
  try {
    const { document } = await folder.read(file)
    const found = checkFlows(await readFlows(folder, file, document), file, document)
    return { document, problems: found.filter(({ path: at }) => at === file).map(({ problem }) => problem) }
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { problems: [{ code: error.code, severity: 'error', message: error.message }] }
  }
}

const nameOf = (document: FlowDocument | undefined, step: string | undefined): string | undefined =>
  document && step !== undefined ? (stepOf(document.flow, step)?.name ?? step) : step
