/** What the engine says while a flow runs. */
export const runMessages = {
  outcomeNotConnected: (outcome: string, step: string) =>
    `“${outcome}” of “${step}” is not connected, so the flow cannot go on. Connect it to the step that comes next, or to an End Step.`,
  endedAtOutcome: (outcome: string, step: string) =>
    `“${outcome}” of “${step}” is not connected, so this thread ends here.`,
  unknownOutcome: (outcome: string, step: string) =>
    `“${step}” ended with “${outcome}”, which is none of its outcomes. This is a mistake in the step; please report it.`,
  unknownStep: (step: string, type: string) =>
    `“${step}” is a step of the kind “${type}”, which this version of Tailrace does not have. Update Tailrace or replace the step.`,
  noStart: (flow: string) => `The flow “${flow}” has no Start step. Add one from Toolbox > Flow Management.`,
  noFlow: (path: string) => `There is no flow “${path}”. Check its name and folder.`,
  flowMissing: (path: string, step: string) =>
    `“${step}” runs the flow “${path}”, which was not found. Choose another flow in its properties.`,
  inputUnset: (input: string, step: string) =>
    `The input “${input}” of “${step}” has no value. Choose where it comes from in the properties of the step.`,
  inputMissing: (input: string, step: string, path: string) =>
    `The input “${input}” of “${step}” comes from “${path}”, where there is no value yet.`,
  inputType: (input: string, step: string, expected: string, found: string) =>
    `The input “${input}” of “${step}” must be ${expected}, but it is ${found}.`,
  flowInputMissing: (input: string, flow: string) => `The flow “${flow}” needs a value for its input “${input}”.`,
  flowInputUnknown: (input: string, flow: string, known: string) =>
    known === ''
      ? `The flow “${flow}” takes no inputs, but “${input}” was given.`
      : `The flow “${flow}” has no input “${input}”. Its inputs are ${known}.`,
  flowInputType: (input: string, flow: string, expected: string, found: string) =>
    `The input “${input}” of the flow “${flow}” must be ${expected}, but it is ${found}.`,
  threadUnknown: (id: number) =>
    `This run has no thread ${String(id)}. Give the Run of a Start Linked Flow Async step.`,
  waitsForOutside: (step: string, signals: readonly string[]) =>
    signals.length === 1
      ? `“${step}” waits for the signal “${signals.join()}”, which nothing left in this run can send. It goes on when the signal comes from outside.`
      : `“${step}” waits for the first of the signals ${signals.map((signal) => `“${signal}”`).join(', ')}, none of which anything left in this run can send. It goes on when one of them comes from outside.`,
  deadlock: (steps: readonly string[]) =>
    `Nothing can end this wait: ${steps.map((step) => `“${step}”`).join(', ')} ${steps.length === 1 ? 'waits for its own thread' : 'wait for one another'}. Let one of them go on without the others.`,
  branchesUnmet: (step: string) =>
    `No branch of “${step}” came to a Join or to an End Step, so the flow cannot go on. Connect the branches to a Join.`,
  joinShort: (join: string, arrived: number, needed: number) =>
    `Only ${String(arrived)} of the ${String(needed)} branches that “${join}” needs came to it.`,
  joinMissed: (join: string) => `“${join}” does not wait for this thread, which runs in the background: it ends here.`,
  timedOut: (step: string, seconds: number) => `“${step}” took longer than its time limit of ${String(seconds)} s.`,
  variableUnknown: (variable: string, step: string) =>
    `“${step}” sets “${variable}”, which is no variable of the flow. Add it to the flow's variables.`,
  variableType: (variable: string, step: string, expected: string, found: string) =>
    `“${step}” sets the variable “${variable}”, which must be ${expected}, to ${found}.`,
  variableSet: (variable: string, value: string) => `${variable} = ${value}`,
  signalSent: (signal: string, value: string) => `Signal “${signal}” sent with ${value}`,
  signalDropped: (signal: string) => `Signal “${signal}” dropped: nobody waited for it`,
  signalReceived: (signal: string, value: string) => `Signal “${signal}” came from outside with ${value}`,
  resumed: (at: string) => `Interrupted; resumed at ${at}`,
  cancelRequested: (thread: number | undefined) =>
    thread === undefined ? 'Somebody stopped the run' : `Somebody stopped thread ${String(thread)}`,
  journalEmpty: 'The journal does not tell how the run started, so it cannot be resumed.',
  retried: (at: string, steps: readonly string[]) =>
    `Failed; retried at ${at} from ${steps.map((step) => `“${step}”`).join(', ')}`,
  retryNeedless: 'Nothing of this run has failed, so there is nothing to attempt again. Run the flow again.',
  retryNowhere: (failure: string) =>
    `This run failed at no step that could be attempted again: ${failure} Run the flow again.`,
  retryUnconnected: (failure: string) =>
    `Another attempt would end in the same way: ${failure} Then run the flow again.`,
  alreadySettled: (run: string) => `The run “${run}” has settled: there is nothing left to resume.`,
  replayMismatch: (seq: number, told: string, made: string) =>
    `The run cannot be resumed: line ${seq} of its journal tells of ${told}, but this version of the steps ${made === '' ? 'does nothing there' : `makes ${made}`}. Run the flow again.`,
  noCallerOutcome: (step: string) =>
    `“${step}” does not know which End Step its caller gets. Choose its Caller outcome in the properties.`,
  alreadyInBackground: (step: string) => `“${step}” did nothing: the caller has its reply already.`,
  disabled: (step: string) => `“${step}” is disabled and was passed over.`,
  loopGuard: (step: string, passes: number) =>
    `“${step}” was passed ${passes.toLocaleString('en')} times in one go, which looks like an endless loop. Check the way back to it.`,
  callDepth: (flow: string, depth: number) =>
    `“${flow}” cannot be run here: ${depth.toLocaleString('en')} flows run inside each other already. If it runs itself, let a decision end that.`,
  stepBroke: (step: string, message: string) => `“${step}” failed unexpectedly: ${message}`,
  journalFailed: (message: string) =>
    `The journal of this run could not be written, so nothing that follows would be safe: ${message}`
} as const
