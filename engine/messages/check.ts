/** What the checker says about a flow, and what its one-click mends are called. */
export const checkMessages = {
  // Start, End Step, kinds and names of steps
  noStart: 'The flow has no Start. Add one from Toolbox > Flow Management.',
  severalStarts: (other: string, start: string) =>
    `“${other}” is a second Start: a run begins at “${start}” only. Remove one of the two.`,
  noEnd: 'The flow has no End Step, so it could never reply. Add one from Toolbox > Flow Management.',
  endNotReached: (start: string) =>
    `No way leads from “${start}” to an End Step, so the flow could never reply. Connect the steps between them.`,
  typeUnknown: (step: string, type: string) =>
    `“${step}” is a step of the kind “${type}”, which this version of Tailrace does not have. Update Tailrace, or replace the step.`,
  idTwice: (step: string, other: string, id: string) =>
    `“${step}” has the same id as “${other}”, “${id}”, so connections and mappings cannot tell them apart. Give it a new id.`,
  nameTwice: (name: string, first: number, second: number) =>
    `Two steps are called “${name}” (the ${ordinal(first)} and the ${ordinal(second)} of the flow). Rename one, so that people can tell them apart.`,
  nameEmpty: (type: string) => `A step of the kind “${type}” has no name. Give it one.`,
  unreachable: (step: string) => `Nothing leads to “${step}”, so it would never run. Connect it, or remove it.`,
  disabledNoWay: (step: string) =>
    `“${step}” is disabled, but a run cannot pass it over: it has no first outcome to go on by. Enable it, or connect around it.`,

  // Connections
  connectionFromUnknown: (from: string) =>
    `A connection comes from the step “${from}”, which is not in this flow. Remove the connection.`,
  connectionToUnknown: (from: string, to: string) =>
    `“${from}” is connected to the step “${to}”, which is not in this flow. Connect it to another step, or remove the connection.`,
  connectionIntoStart: (from: string, start: string) =>
    `“${from}” is connected to “${start}”, but nothing leads back to the start of a flow. Connect it to the step that comes next.`,
  connectionFromEnd: (end: string) =>
    `A connection leaves “${end}”, but a flow ends at its End Step. Remove the connection.`,
  outcomeUnknown: (outcome: string, step: string, known: string) =>
    known === ''
      ? `“${step}” has no outcomes, but a connection leaves it by “${outcome}”. Remove the connection.`
      : `“${step}” has no outcome “${outcome}”: its outcomes are ${known}. Connect one of them instead.`,
  connectedTwice: (outcome: string, step: string, one: string, other: string) =>
    `“${outcome}” of “${step}” is connected twice, to “${one}” and to “${other}”. Keep one of the two.`,
  openInForeground: (outcome: string, step: string) =>
    `“${outcome}” of “${step}” is not connected: the flow would fail there, without a reply.`,
  openInBackground: (outcome: string, step: string) =>
    `“${outcome}” of “${step}” is not connected: its thread would end there.`,

  // Inputs
  inputUnset: (input: string, step: string) =>
    `“${input}” of “${step}” is required, but has no value. Choose where it comes from in the properties of the step.`,
  inputUnknown: (input: string, step: string) =>
    `“${step}” has no input “${input}”, so what it is set to has no effect.`,
  constantType: (input: string, step: string, expected: string, found: string) =>
    `“${input}” of “${step}” must be ${expected}, but the constant is ${found}.`,
  dataType: (input: string, step: string, expected: string, words: string, found: string) =>
    `“${input}” of “${step}” must be ${expected}, but ${words} is ${found}.`,
  mergeType: (input: string, step: string, expected: string) =>
    `“${input}” of “${step}” must be ${expected}, but Merge Text gives Text. Use Select From Flow or a Constant.`,
  dataUnknown: (input: string, step: string, why: string, nearest: string | undefined) =>
    `“${input}” of “${step}” cannot be filled: ${why}${nearest === undefined ? '' : ` Did you mean “${nearest}”?`}`,
  dataNever: (input: string, step: string, words: string) =>
    `“${input}” of “${step}” takes ${words}, which has no value yet when “${step}” begins. Take it from a step that comes before.`,
  dataDisabled: (input: string, step: string, words: string) =>
    `“${input}” of “${step}” takes ${words}, but that step is disabled, so there is no value.`,
  dataSometimes: (input: string, step: string, words: string) =>
    `“${input}” of “${step}” takes ${words}, which is only set on some paths to “${step}”. On the others it is empty.`,
  pathUnknown: (path: string) => `“${path}” is no value of this flow.`,
  flowInput: (name: string) => `the flow's input “${name}”`,
  flowInputUnknown: (name: string) => `the flow has no input “${name}”.`,
  stepOutput: (output: string, step: string) => `“${output}” of “${step}”`,
  stepUnknown: (id: string) => `there is no step with the id “${id}”.`,
  outputMissing: (path: string, step: string) => `“${path}” names the step “${step}”, but none of its outputs.`,
  outputUnknown: (output: string, step: string) => `“${step}” has no output “${output}”.`,
  nothingInside: (path: string, type: string) => `“${path}” looks for something inside ${type}, which is not there.`,

  // Settings
  settingUnknown: (setting: string, step: string) =>
    `“${step}” has no setting “${setting}”, so what it is set to has no effect.`,
  settingType: (setting: string, step: string, expected: string, found: string) =>
    `“${setting}” of “${step}” must be ${expected}, but it is ${found}.`,
  settingChoice: (setting: string, step: string, found: string, choices: string) =>
    `“${setting}” of “${step}” is ${found}, but it must be one of ${choices}.`,
  settingRange: (setting: string, step: string, found: number, range: string) =>
    `“${setting}” of “${step}” is ${found}, but it must be ${range}.`,
  range: (min: number | undefined, max: number | undefined) =>
    min === undefined ? `at most ${max ?? ''}` : max === undefined ? `at least ${min}` : `from ${min} to ${max}`,
  flowNotChosen: (setting: string, step: string) =>
    `“${setting}” of “${step}” is not chosen. Choose the flow that it runs.`,
  flowMissing: (step: string, path: string) =>
    `“${step}” runs the flow “${path}”, which was not found or cannot be read. Choose another flow.`,
  flowRecursive: (step: string, chain: string) =>
    `“${step}” makes the flow run itself, again and again: ${chain}. Let it run another flow.`,

  // Go Async
  callerOutcomeOpen: (step: string, ends: string) =>
    `“${step}” does not know which End Step its caller gets, as there are ${ends}. Choose its Caller outcome.`,
  callerOutcomeUnknown: (step: string, id: string) =>
    `The Caller outcome of “${step}” is “${id}”, which is no End Step of this flow. Choose another one.`,
  alreadyInBackground: (step: string) =>
    `“${step}” can only be reached when the caller has its reply already, so it does nothing.`,
  outputInBackground: (output: string, step: string) =>
    `The output “${output}” is only set in the background part: the caller, who gets the reply at “${step}”, will find nothing in it. Set it before “${step}”, or remove it from the outputs.`,

  // Inputs and outputs of the flow
  flowInputTwice: (name: string) => `The flow has two inputs called “${name}”. Rename one.`,
  flowOutputTwice: (name: string) => `The flow has two outputs called “${name}”. Rename one.`,
  nameForbidden: (name: string) => `“${name}” cannot be the name of an input or output. Choose another name.`,
  initialType: (name: string, expected: string, found: string) =>
    `The flow's input “${name}” must be ${expected}, but what it is without a caller's value is ${found}.`,

  either: (words: readonly string[]) => words.map((word) => `“${word}”`).join(', '),

  fixes: {
    remove: (step: string) => `Remove “${step}”`,
    newId: 'Give it a new id',
    rename: (name: string) => `Rename it to “${name}”`,
    enable: 'Enable the step',
    removeConnection: 'Remove the connection',
    keep: (step: string) => `Keep the one to “${step}”`,
    connect: (step: string) => `Connect it to “${step}”`,
    useOutcome: (outcome: string) => `Connect “${outcome}” instead`,
    useData: (path: string) => `Take “${path}”`,
    unset: 'Leave it unset',
    merge: 'Merge it into a text',
    removeInput: (input: string) => `Remove “${input}” from the step`,
    initialSetting: 'Set it back',
    useChoice: (choice: string) => `Choose “${choice}”`,
    callerGets: (end: string) => `Caller gets “${end}”`,
    removeOutput: 'Remove from outputs'
  }
} as const

function ordinal(number: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][number % 100 > 10 && number % 100 < 14 ? 0 : number % 10] ?? 'th'
  return `${number}${ending}`
}
