import { runMessages } from './run.ts'
import { shorten } from './shorten.ts'

const number = (value: number): string => value.toLocaleString('en-US')

/** Names in quotation marks. */
const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ')

const count = (value: number, one: string, many: string): string => `${number(value)} ${value === 1 ? one : many}`

/** “one, two or three” */
const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`

/** What the `tailrace` command says. */
export const cliMessages = {
  usage: (command: string) => `Usage: tailrace ${command}`,
  optionsOf: (command: string) => `Options of ${command}`,
  helpSummary: 'Shows this; behind a command, what belongs to it',
  versionSummary: 'Shows the version',
  exitStatuses:
    'Exit status: 0 all well, 1 the flow failed, 2 wrong usage or an invalid flow (nothing ran), 3 replied, but the background failed. Ctrl+C cancels a run; SIGTERM stops it so that it can be resumed, with the status 143.',
  seeHelp: 'See `tailrace --help`.',
  noCommand: (commands: readonly string[]) => `Say what to do: ${either(commands)}.`,
  unknownCommand: (command: string, commands: readonly string[]) =>
    `There is no command “${command}”. The commands are ${either(commands).replace(/ or (?=\S+$)/, ' and ')}.`,
  needs: (what: string, usage: string) => `Say ${what}: \`tailrace ${usage}\`.`,
  noChoice: (given: string, choices: readonly string[]) => `“${given}” is not possible here. Write ${either(choices)}.`,
  tooMuch: (extra: string, usage: string) =>
    `“${extra}” is one word too many. The command is written \`tailrace ${usage}\`; put quotes around what has spaces in it.`,
  optionTwice: (option: string, first: string, second: string) =>
    `--${option} was given twice, with “${first}” and with “${second}”. Give it once.`,
  wrongOption: (why: string) => `${why.replace(/\.$/, '')}.`,
  inputForm: (given: string) => `“${given}” gives no value to an input. Write it as --input NAME=VALUE.`,
  inputTwice: (name: string) => `The input “${name}” was given twice. Give it once; a list is written in [ ].`,
  inputUnknown: (name: string, flow: string, names: readonly string[], near: string | undefined) =>
    names.length === 0
      ? `The flow “${flow}” takes no inputs, but “${name}” was given.`
      : `The flow “${flow}” has no input “${name}”. ${near === undefined ? `Its inputs are ${names.map((one) => `“${one}”`).join(', ')}.` : `Did you mean “${near}”?`}`,
  inputNoJson: (name: string, expected: string, character: number) =>
    `The value of “${name}” begins as JSON and is none: at character ${number(character)}, ${expected} should stand.`,
  inputType: (name: string, flow: string, type: string, found: string, example: string) =>
    `${runMessages.flowInputType(name, flow, type, found)} Write it as in ${example}.`,
  inputTooLarge: (name: string) =>
    `The value of “${name}” holds a number that is too large: numbers go up to about 1.8e308.`,
  inputTooDeep: (name: string, levels: number) =>
    `The value of “${name}” is nested more than ${number(levels)} levels deep. Give it in a flatter form.`,
  standardInput: 'standard input',
  inputsNoObject: (from: string) =>
    `“${from}” does not hold the inputs of a flow. Write them as one JSON object, such as {"Name": "Ann"}.`,
  inputsUnreadable: (file: string, why: string) => `The inputs cannot be read: “${file}” cannot be used: ${why}.`,
  durationForm: (given: string) => `“${given}” is no time. Write it as 30s, 5m or 2h.`,
  flowIsFolder: (place: string) =>
    `“${place}” is a folder, although its name ends as those of flow files do. Name a flow in it, or give the folder another name.`,
  flowNotFound: (flow: string, folder: string | undefined) =>
    folder === undefined
      ? `There is no flow “${flow}” here. Give the path of its file, which ends with .flow.json.`
      : `There is no flow “${flow}” here or in the folder “${folder}”. Give the path of its file, which ends with .flow.json.`,
  flowOutside: (flow: string, folder: string) =>
    `The flow “${flow}” is not in the Designer Folder “${folder}”. Give another --folder, or none.`,
  folderNotFound: (folder: string) => `There is no folder “${folder}”.`,
  pathNotFound: (path: string) => `There is nothing at “${path}” to check.`,
  noFlowsIn: (path: string) => `“${path}” holds no flows.`,
  systemRefused: (path: string, why: string) =>
    `The flow was not run: ${path === '' ? 'the system refused' : `“${path}” cannot be used`}: ${why}.`,
  unexpected: (message: string) => `Something went wrong inside Tailrace: ${message}`,

  // Timeline
  runBegan: (flow: string, run: string) => `${flow} · run ${run}`,
  step: (step: string, outcome: string) => `${step}: ${outcome}`,
  stepBegan: (step: string) => `${step} …`,
  progress: (step: string, done: number, total: number) => `${step}  ${number(done)} of ${number(total)}`,
  itemFailed: (step: string, label: string, why: string) => `${step}  ${label} failed: ${why}`,
  moreItemsFailed: (step: string) => `${step}  More have failed: they are in its outputs and in the journal`,
  stepRetried: (step: string, why: string, attempt: number) =>
    `${step} failed: ${why} Attempt ${String(attempt)} follows.`,
  stepFailed: (step: string, message: string, handled: boolean) =>
    `${step} failed${handled ? ', the flow goes on at On Exception' : ''}: ${message}`,
  replied: (outcome: string) => `Replied “${outcome}”`,
  output: (name: string, value: string) => `${name} = ${value}`,
  childReplied: (flow: string, outcome: string) => `“${flow}” replied “${outcome}” and goes on in the background`,
  backgroundBegan: (step: string) => `goes on in the background, from ${step}`,
  threadEnded: (end: string, outcome: string | undefined) => (outcome === undefined ? end : `${end} at “${outcome}”`),
  settled: {
    completed: 'Settled: completed',
    failed: 'Settled: failed',
    'background failed': 'Settled: replied, but the background failed',
    cancelled: 'Settled: cancelled'
  },
  keptIn: (folder: string) => `Documents, mails and journal are in ${folder}`,
  timedOut: (milliseconds: number) => `Stopping, because the run was not settled after ${milliseconds / 1000} s.`,
  stopping: 'Stopping. Press Ctrl+C again to stop at once.',
  goesOn: (pid: number, run: string) =>
    `The background part of the run ${run} goes on in process ${pid}. \`tailrace runs\` shows how far it is.`,
  suspending: 'Stopping so that the run can be resumed. Press Ctrl+C to cancel it instead.',
  suspended: (command: string) => `The run is interrupted. It goes on with: ${command}`,
  backgroundLost: 'The process of the run ended before there was a reply.',

  // Resume, retry
  runNotFound: (run: string, folder: string) =>
    `There is no run “${run}” in ${folder}. \`tailrace runs\` lists the runs; their ids come first on each line.`,
  runAmbiguous: (run: string, ids: readonly string[]) =>
    `“${run}” is the beginning of several runs: ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', ...' : ''}. Give more of it.`,
  runForeign: (run: string) =>
    `The run ${run} was not started by this installation, so it does not go on: it may have come with a copied folder.`,
  foreignWould: (flow: string, places: readonly string[], root: string, accounts: readonly string[]) =>
    `With --trust, “${flow}” would go on ${places.length === 0 ? 'from its start' : `at ${places.join(', ')}`}, with the documents of ${root}${
      accounts.length === 0 ? '' : `, and its mails would go to ${accounts.join(', ')}`
    }.`,
  place: (step: string, done: number | undefined, total: number | undefined) =>
    `“${step}”${done === undefined || total === undefined ? '' : ` (${number(done)} of ${number(total)})`}`,
  foreignHelp: (command: string) => `If you know where it comes from: ${command}`,
  runResumed: (flow: string, run: string) => `${flow} · run ${run} · resumed`,
  already: (parts: readonly string[]) => `Already there: ${parts.join(' · ')}`,
  repliedAfter: (outcome: string, at: number) => `replied “${outcome}” after ${(at / 1000).toFixed(3)} s`,
  alreadyEvents: (events: number) => count(events, 'event', 'events'),
  signalDropped: (signal: string) => `info: ${runMessages.signalDropped(signal)}`,
  resumes: 'Resumed',
  runRetried: (flow: string, run: string) => `${flow} · run ${run} · retried`,
  retries: (steps: readonly string[]) => `Retried from ${quoted(steps)}`,
  timesRetried: (times: number) => (times === 1 ? 'retried' : `retried ${number(times)} times`),
  retryHelp: (command: string) => `Once what made it fail is mended, it goes on from there with: ${command}`,
  notToRetry: {
    running: (run: string) =>
      `The run ${run} has not failed: it is still running. \`tailrace show ${run} --follow\` stays with it until it is settled.`,
    interrupted: (run: string, command: string) =>
      `The run ${run} has not failed: it was interrupted. Go on with it: ${command}`,
    completed: (run: string) =>
      `The run ${run} has not failed: all of it is done, so there is nothing to attempt again. Run the flow again.`,
    cancelled: (run: string) =>
      `The run ${run} has not failed: it was cancelled, and what is cancelled does not go on. Run the flow again.`
  },
  inDoubt: (step: string, flow: string, items: number) =>
    items === 0
      ? `In doubt: “${step}” of “${flow}”. Nobody knows whether it has happened.`
      : `In doubt: ${count(items, 'item', 'items')} of “${step}” of “${flow}”. Nobody knows whether it has happened for:`,
  doubtfulItem: (label: string) => `  ${label}`,
  doubtQuestion: 'Do it again (r), leave it out (l), or stop here (Enter)? ',
  doubtHelp: (command: string) =>
    `Nothing ran. Do it again with \`${command} --in-doubt retry\`, or leave it out with \`${command} --in-doubt skip\`.`,

  // Show, cancel, signal
  runSettled: (run: string, state: string) =>
    `The run ${run} is settled (${state}): nothing of it is running any more.`,
  runInterrupted: (run: string, command: string) =>
    `The run ${run} is interrupted: no process carries it. Go on with it first: ${command}`,
  threadUnknown: (thread: string, running: readonly string[]) =>
    `No thread “${thread}” of the run is running. ${running.length === 0 ? 'None is.' : `Running are: ${running.join(', ')}.`}`,
  threadNamed: (id: number, name: string) => `${String(id)} (${name})`,
  cancelled: (run: string) => `The run ${run} is cancelled.`,
  cancelling: (run: string) => `The run ${run} stops once its steps let it: \`tailrace show\` tells how far it is.`,
  threadCancelled: (thread: string) => `${thread} is cancelled.`,
  signalGiven: (signal: string, run: string) => `The run ${run} has the signal “${signal}”.`,
  runningThread: (id: number, name: string, places: readonly string[]) =>
    `Running: thread ${String(id)}, ${name}${places.length === 0 ? '' : `, at ${places.join(', ')}`}`,

  // Describe
  inputs: 'Inputs',
  noInputs: 'It takes no inputs.',
  inputLine: (name: string, type: string, required: boolean, initial: string | undefined) =>
    `${name} (${type}${required ? ', required' : ''}${initial === undefined ? '' : `, ${shorten(initial)} unless given`})`,
  outcomes: 'Outcomes',
  noOutcomes: 'It has no outcomes.',
  outputs: 'Outputs',
  noOutputs: 'It gives no outputs.',

  // Search
  seedsForm: (given: string) => `“${given}” is no number of seeds. Write a whole number from 1 to 1,000,000.`,
  searched: (seeds: number, result: string) =>
    `${count(seeds, 'order', 'orders')} of threads tried, always the same: ${result}.`,
  found: (seed: number, problem: string) => `With seed ${number(seed)}: ${problem}`,
  differs: (result: string, first: string) => `${result}, but with seed 0: ${first}.`,
  unsettled: 'the run comes to a stop, and waits for what does not come from inside.',
  trialResult: (outcome: string | undefined, outputs: string, state: string) =>
    `${outcome === undefined ? 'no reply' : `replied “${outcome}” with ${shorten(outputs)}`}, settled as ${state}`,

  // Check
  problem: (severity: string, step: string | undefined, field: string | undefined, message: string) =>
    `  ${severity.padEnd(8)} ${step === undefined ? '' : `${step}${field === undefined ? '' : ` › ${field}`}: `}${message}`,
  flowFine: '  no problems',
  checked: (flows: number, errors: number, warnings: number) =>
    `${count(flows, 'flow', 'flows')} checked: ${count(errors, 'error', 'errors')}, ${count(warnings, 'warning', 'warnings')}.`,

  // Runs
  interruptedHelp: (command: string) => `Interrupted runs go on with \`tailrace resume RUN\`: ${command}`,
  noRuns: (folder: string) => `There are no runs in ${folder}.`,
  runBackground: (threads: number) => `${count(threads, 'background thread', 'background threads')} going on`,

  // Demo
  demoMissing: 'The samples that belong to Tailrace were not found. Install it again.',
  demoBegins: (folder: string) =>
    `The example runs in ${folder}. Its mails are kept in the outbox, none leaves this computer.`
} as const
