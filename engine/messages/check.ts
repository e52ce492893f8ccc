/** What the checker says about a flow, and what its one-click mends are called. */
export const checkMessages = {
  // Start, End Step, kinds and names of steps
  noStart: 'The flow has no Start. Add one from Toolbox > Flow Management.',
  severalStarts: (other: string, start: string) =>
    `“${other}” is a second Start: a run begins at “${start}” only. Remove one of the two.`,
  noEnd: 'The flow has no End Step, so it could never reply. Add one from Toolbox > Flow Management.',
  endNotReached: (start: string) =>
    `No way leads from “${start}” to an End Step or a Go Async, so the flow could never reply. Connect the steps between them.`,
  typeUnknown: (step: string, type: string) =>
    `“${step}” is a step of the kind “${type}”, which this version of Tailrace does not have. Update Tailrace, or replace the step.`,
  idTwice: (step: string, other: string, id: string) =>
    `“${step}” has the same id as “${other}”, “${id}”, so connections and mappings cannot tell them apart. Give it a new id.`,
  nameTwice: (name: string, first: number, second: number) =>
    `Two steps are called “${name}” (the ${ordinal(first)} and the ${ordinal(second)} of the flow). Rename one, so that people can tell them apart.`,
  nameEmpty: (type: string) => `A step of the kind “${type}” has no name. Give it one.`,
  endNameEmpty: 'An End Step has no name, but its name is the outcome that callers get. Give it one.',
  endNameReserved: (name: string) =>
    `The End Step “${name}” cannot be told apart by callers: a step that runs this flow has an outcome “${name.trim()}” of its own, which means something else. Choose another name.`,
  unreachable: (step: string) => `Nothing leads to “${step}”, so it would never run. Connect it, or remove it.`,
  disabledNoWay: (step: string) =>
    `“${step}” is disabled, but a run cannot pass it over: it has no first outcome to go on by. Enable it, or connect around it.`,

  retryRange: (step: string, field: string, found: number, range: string) =>
    `The ${field} of “${step}” is ${found}, but it must be ${range}.`,
  noDataNeedless: (step: string) =>
    `“${step}” has no required input, so its outcome No Data is never taken. Switch it off.`,
  loopNoExit: (first: string, names: string) =>
    `From “${first}” the flow goes round for ever: no way leads out of ${names}. Let one lead to an End Step.`,

  // Connections
  connectionFromUnknown: (from: string) =>
    `A connection comes from the step “${from}”, which is not in this flow. Remove the connection.`,
  connectionToUnknown: (from: string, to: string) =>
    `“${from}” is connected to the step “${to}”, which is not in this flow. Connect it to another step, or remove the connection.`,
  connectionIntoCatch: (from: string, to: string) =>
    `No connection may lead from “${from}” to “${to}”: a run comes there by itself, when there is something to catch. Connect to the step after it.`,
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
  openInBranch: (outcome: string, step: string, join: string | undefined) =>
    `“${outcome}” of “${step}” is not connected: its path would end there, ${join === undefined ? 'without a reply' : `and never come to “${join}”`}.`,
  openPath: (outcome: string, step: string) =>
    `“${outcome}” of “${step}” is not connected, so it is a path that never arrives. Connect it, or lower Paths.`,
  openBody: (outcome: string, step: string) =>
    `“${outcome}” of “${step}” is not connected, so it goes round and runs nothing. Connect it to the steps to repeat.`,
  openNoData: (step: string) =>
    `“No Data” of “${step}” is not connected, so a missing value still fails the step. Connect it, or switch it off.`,
  openInBackground: (outcome: string, step: string) =>
    `“${outcome}” of “${step}” is not connected: its thread would end there.`,

  // Parallel, Join, Catch Exception, Catch Outcome
  pathsUnmet: (step: string) =>
    `The paths of “${step}” lead neither to a Join nor to an End Step, so the flow would fail there. Connect them to one Join.`,
  pathsEnd: (step: string) =>
    `The paths of “${step}” meet in no Join: the flow replies with the first End Step that one of them reaches. Connect them to one Join.`,
  pathElsewhere: (outcome: string, step: string, join: string) =>
    `“${outcome}” of “${step}” does not lead to “${join}”, where its other paths meet. Connect it there.`,
  pathToOtherJoin: (outcome: string, step: string, other: string, join: string) =>
    `“${outcome}” of “${step}” leads to “${other}”, but its other paths meet at “${join}”. Let all lead to one Join.`,
  joinAlone: (join: string) =>
    `No Parallel leads to “${join}”, so there is nothing to wait for. Remove it, or lead the paths of a Parallel to it.`,
  joinShared: (join: string, inner: string, outer: string) =>
    `The paths of “${inner}” meet at “${join}”, and so do those of “${outer}” around it. Give “${inner}” a Join of its own.`,
  joinCount: (join: string, count: number, step: string, paths: number) =>
    `“${join}” waits for ${count} paths, but “${step}” has only ${paths}: it waits for all of them.`,
  catchShadowed: (step: string, first: string) =>
    `“${first}” comes before “${step}” and takes everything, so “${step}” only gets what happens behind “${first}”. Let “${first}” take less, or remove one.`,

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
  builtType: (input: string, step: string, expected: string, found: string) =>
    `“${input}” of “${step}” must be ${expected}, but what is built for it is ${found}.`,
  expression: (input: string, step: string, message: string) => `“${input}” of “${step}”: ${message}`,
  dataUnknown: (input: string, step: string, why: string, nearest: string | undefined) =>
    `“${input}” of “${step}” cannot be filled: ${why}${nearest === undefined ? '' : ` Did you mean “${nearest}”?`}`,
  pathIsExpression: (input: string, step: string, path: string) =>
    `“${input}” of “${step}” takes “${path}”, which is an expression, but only a path can stand there. Choose Expression for it.`,
  fieldOpen: (input: string, step: string) =>
    `“${input}” of “${step}” has a {{ without a }} behind it, so that it would be printed as it is written. Close it, or write {{{{ for two braces.`,
  dataNever: (input: string, step: string, words: string) =>
    `“${input}” of “${step}” takes ${words}, which has no value yet when “${step}” begins. Take it from a step that comes before.`,
  variableNever: (input: string, step: string, words: string) =>
    `“${input}” of “${step}” takes ${words}, which has no value when “${step}” begins: nothing has set it, or a step has set it to nothing. Set it before, or give it a value to begin with.`,
  dataDisabled: (input: string, step: string, words: string) =>
    `“${input}” of “${step}” takes ${words}, but that step is disabled, so there is no value.`,
  dataSometimes: (input: string, step: string, words: string) =>
    `“${input}” of “${step}” takes ${words}, which is only set on some paths to “${step}”. On the others it is empty.`,
  pathUnknown: (path: string) => `“${path}” is no value of this flow.`,
  flowInput: (name: string) => `the flow's input “${name}”`,
  flowVariable: (name: string) => `the variable “${name}”`,
  local: (name: string, step: string) => `“${name}” of “${step}”`,
  flowValueUnknown: (name: string) => `the flow has no input or variable “${name}”.`,
  stepOutput: (output: string, step: string) => `“${output}” of “${step}”`,
  stepUnknown: (id: string) => `there is no step with the id “${id}”.`,
  outputMissing: (path: string, step: string) => `“${path}” names the step “${step}”, but none of its outputs.`,
  outputUnknown: (output: string, step: string) => `“${step}” has no output “${output}”.`,
  bracketsInPath: (path: string) => `“${path}” has brackets, as in an expression: a path has dots only.`,
  nothingInside: (path: string, type: string) => `“${path}” looks for something inside ${type}, which is not there.`,

  // Outputs
  outputMapped: (output: string, step: string) =>
    `“${step}” has no output “${output}”, so where it goes has no effect.`,
  outputTwice: (name: string, step: string, one: string, other: string) =>
    `The outputs “${one}” and “${other}” of “${step}” are both called “${name}”, so later steps find only one of them. Rename one.`,
  outputNameEmpty: (output: string, step: string) => `“${output}” of “${step}” is renamed, but has no new name.`,
  outputNameForbidden: (output: string, step: string, name: string) =>
    `“${output}” of “${step}” cannot be called “${name}”. Choose another name.`,
  outputVariable: (output: string, step: string, variable: string) =>
    variable === ''
      ? `“${output}” of “${step}” goes into a variable that is not chosen. Choose one.`
      : `“${output}” of “${step}” goes into the variable “${variable}”, which the flow does not have.`,
  outputType: (output: string, step: string, type: string, variable: string, expected: string) =>
    `“${output}” of “${step}” is ${type}, but the variable “${variable}” must be ${expected}.`,
  outputAppend: (output: string, step: string, variable: string, type: string) =>
    `“${output}” of “${step}” is added to the variable “${variable}”, which is ${type} and no list of such values.`,

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
  settingTexts: (setting: string, step: string) => `“${setting}” of “${step}” must be a list of texts.`,
  settingValues: (setting: string, step: string) =>
    `“${setting}” of “${step}” must be a list of names with types, such as Text or List of Number.`,
  settingNeeded: (setting: string, step: string) =>
    `“${setting}” of “${step}” is empty, so it has no effect. Write down at least one.`,
  textEmpty: (setting: string, step: string) => `“${setting}” of “${step}” has an empty line, which has no effect.`,
  textTwice: (text: string, setting: string, step: string) =>
    `“${text}” stands twice in “${setting}” of “${step}”. Remove one.`,
  textReserved: (text: string, setting: string, step: string) =>
    `“${text}” in “${setting}” of “${step}” is the name of an outcome that means something else, and the two could not be told apart. Choose another name.`,
  valueNameForbidden: (name: string, setting: string, step: string) =>
    `“${name}” in “${setting}” of “${step}” cannot be the name of a value. Choose another name.`,
  stepNotChosen: (setting: string, step: string) => `“${setting}” of “${step}” is not chosen. Choose a step.`,
  stepMissing: (setting: string, step: string, id: string) =>
    `“${setting}” of “${step}” is the step “${id}”, which is not in this flow. Choose another one.`,
  jumpToStart: (step: string, start: string) =>
    `“${step}” goes to “${start}”, but nothing leads back to the start of a flow. Choose the step after it.`,
  variableNotChosen: (setting: string, step: string) =>
    `“${setting}” of “${step}” is not chosen. Choose a variable of the flow, or make one.`,
  variableMissing: (setting: string, step: string, name: string) =>
    `“${setting}” of “${step}” is “${name}”, but the flow has no variable of that name.`,
  valueNameEmpty: (setting: string, step: string) => `A value in “${setting}” of “${step}” has no name. Give it one.`,
  pathSetting: (setting: string, step: string, why: string, nearest: string | undefined) =>
    `“${setting}” of “${step}” finds nothing: ${why}${nearest === undefined ? '' : ` Did you mean “${nearest}”?`}`,
  pathSettingNever: (setting: string, step: string, words: string) =>
    `“${setting}” of “${step}” keeps ${words}, which has no value when a round of “${step}” ends.`,
  flowNotChosen: (setting: string, step: string) =>
    `“${setting}” of “${step}” is not chosen. Choose the flow that it runs.`,
  flowMissing: (step: string, path: string) =>
    `“${step}” runs the flow “${path}”, which was not found or cannot be read. Choose another flow.`,
  flowRecursive: (step: string, chain: string) =>
    `“${step}” makes the flow run itself, again and again: ${chain}. No way leads from Start to an end without that. Let a decision, such as If, lead past it.`,

  // Go Async
  callerOutcomeOpen: (step: string, ends: string) =>
    `“${step}” does not know which End Step its caller gets, as there are ${ends}. Choose its Caller outcome.`,
  callerOutcomeUnknown: (step: string, id: string) =>
    `The Caller outcome of “${step}” is “${id}”, which is no End Step of this flow. Choose another one.`,
  alreadyInBackground: (step: string) =>
    `“${step}” can only be reached when the caller has its reply already, so it does nothing.`,
  outputInBackground: (output: string, step: string) =>
    `The output “${output}” is only set in the background part: the caller, who gets the reply at “${step}”, will find nothing in it. Set it before “${step}”, or remove it from the outputs.`,

  asyncInBranch: (step: string, owner: string) =>
    `“${step}” stands on a path of “${owner}”: only that path goes on in the background, and nothing waits for it. To give the caller control back at once, put it before “${owner}”.`,

  // Inputs, outputs and variables of the flow
  variableTwice: (name: string) => `The flow has two variables called “${name}”. Rename one.`,
  variableIsInput: (name: string) =>
    `“${name}” is an input and a variable of the flow, so one would hide the other. Rename one.`,
  variableInitial: (name: string, expected: string, found: string) =>
    `The variable “${name}” must be ${expected}, but the value it begins with is ${found}.`,
  flowInputTwice: (name: string) => `The flow has two inputs called “${name}”. Rename one.`,
  flowOutputTwice: (name: string) => `The flow has two outputs called “${name}”. Rename one.`,
  nameForbidden: (name: string) => `“${name}” cannot be the name of an input, output or variable. Choose another name.`,
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
    pass: (step: string) => `Remove “${step}” and connect past it`,
    noDataOff: 'Switch No Data off',
    addVariable: (name: string, type: string) => `Make the variable “${name}”, ${type}`,
    listVariable: (name: string, type: string) => `Make “${name}” a ${type}`,
    retype: (name: string, type: string) => `Make “${name}” ${type}`,
    removeEmpty: 'Remove the empty lines',
    removeDoubles: 'Remove what stands twice',
    removeMissing: 'Remove what is not there',
    askFirst: (step: string) => `Ask “${step}” first`,
    keepName: 'Keep its name',
    ownJoin: 'Give it a Join of its own',
    replyAfter: (step: string) => `Reply after “${step}”`,
    useData: (path: string) => `Take “${path}”`,
    unset: 'Leave it unset',
    merge: 'Merge it into a text',
    expression: 'Make it an Expression',
    closeField: (path: string) => `Close it after “${path}”`,
    literalBraces: 'Write two braces',
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
