import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { cliMessages } from '../../messages/cli.ts'
import { type FlowDocument, type Problem, stepOf } from '../../index.ts'
import {
  type DesignerFolder,
  HostError,
  type ListedFlow,
  checkFlows,
  designerFolder,
  nameOfFlowFile,
  readFlows
} from '../../host/index.ts'
import { exitCodes } from '../exitCode.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usageError.ts'

/** `tailrace check`: prints all problems of all flows. Answers the exit status. */
export async function checkCommand(paths: readonly string[], terminal: Terminal): Promise<number> {
  const sum = { flows: 0, errors: 0, warnings: 0 }
  for (const place of paths) {
    const { folder, flows } = await flowsAt(place)
    for (const flow of flows) {
      const problems = await problemsOf(folder, flow)
      const errors = problems.filter(({ severity }) => severity === 'error').length
      sum.flows += 1
      sum.errors += errors
      sum.warnings += problems.length - errors
      terminal.print(flow.path)
      for (const { severity, step, field, message } of problems)
        terminal.print(cliMessages.problem(severity, nameOf(flow.document, step), field, message))
      if (problems.length === 0) terminal.print(cliMessages.flowFine)
    }
  }
  terminal.print(cliMessages.checked(sum.flows, sum.errors, sum.warnings))
  return sum.errors > 0 ? exitCodes.wrongUsage : exitCodes.fine
}

async function flowsAt(place: string): Promise<{ folder: DesignerFolder; flows: readonly ListedFlow[] }> {
  const found = await stat(place).catch(() => undefined)
  if (!found) throw new UsageError(cliMessages.pathNotFound(place))
  const root = path.resolve(found.isDirectory() ? place : path.dirname(place))
  const folder = designerFolder(root, randomUUID)
  if (!found.isDirectory()) return { folder, flows: [await flowAt(folder, path.basename(place))] }
  const flows = (await folder.list()).flatMap((one) => one.flows)
  if (flows.length === 0) throw new UsageError(cliMessages.noFlowsIn(place))
  return { folder, flows }
}

async function flowAt(folder: DesignerFolder, file: string): Promise<ListedFlow> {
  const listed = { path: file, name: nameOfFlowFile(file), editedAt: 0 }
  try {
    return { ...listed, document: (await folder.read(file)).document }
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { ...listed, problem: error.message }
  }
}

type ToldProblem = Pick<Problem, 'severity' | 'step' | 'field' | 'message'>

/** The problems of one flow; those of the flows it calls are told where they are. */
async function problemsOf(
  folder: DesignerFolder,
  { path: file, document, problem }: ListedFlow
): Promise<ToldProblem[]> {
  if (!document) return [{ severity: 'error', message: problem ?? '' }]
  try {
    return checkFlows(await readFlows(folder, file, document), file, document)
      .filter((found) => found.path === file)
      .map((found) => found.problem)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return [{ severity: 'error', message: error.message }]
  }
}

const nameOf = (document: FlowDocument | undefined, step: string | undefined): string | undefined =>
  document && step !== undefined ? (stepOf(document.flow, step)?.name ?? step) : step
