import { runMessages } from './run.ts'

const number = (value: number): string => value.toLocaleString('en-US')

const count = (value: number, one: string, many: string): string => `${number(value)} ${value === 1 ? one : many}`

/** What the `tailrace` command says. */
export const cliMessages = {
  usage: `Usage: tailrace COMMAND

  run FLOW      Runs a flow: prints the reply the moment it comes, then waits until the run is settled
  check PATH... Checks flows and folders of flows
  runs          Lists the runs of a Designer Folder
  resume RUN    Goes on with an interrupted run, from where it was. RUN is its id or the beginning of it
  demo          Runs the example: a welcome mail to 1,200 subscribers, in the background

Options of run
  --input NAME=VALUE   Gives a value to an input of the flow; JSON, or else text. Can be repeated
  --folder DIR         The Designer Folder; the folder of the flow unless given
  --mail ACCOUNT       Where mails go: outbox (unless given), an account of the studio, or smtp://HOST:PORT
  --journal DIR        Where the folder of the run goes, instead of the Process Folder
  --json               Prints every event of the journal as one line of JSON
  --no-wait            Ends after the reply; the background part goes on in a process of its own

Options of runs
  --folder DIR  The Designer Folder; the current folder unless given
  --journal DIR Where the folders of the runs are, instead of the Process Folder
  --json        Prints every run as one line of JSON

Options of resume
  --folder DIR    The Designer Folder; the current folder unless given
  --journal DIR   Where the folders of the runs are, instead of the Process Folder
  --in-doubt WAY  What happens to mails that were on their way when the run was interrupted, so that nobody knows
                  whether they arrived: ask (unless given), retry (send them again) or skip (leave them out)
  --mail ACCOUNT  Where mails go: as the run was started, unless given
  --trust         Goes on also with a run that this installation did not start, such as one in a copied folder. Its mails
                  go to the outbox unless --mail says otherwise
  --json          Prints every event from now on as one line of JSON

  --help        Shows this
  --version     Shows the version

Exit status: 0 all well, 1 the flow failed, 2 wrong usage or an invalid flow (nothing ran), 3 replied, but the
background failed. Ctrl+C cancels a run; SIGTERM stops it so that it can be resumed, with the status 143.
`,
  seeHelp: 'See `tailrace --help`.',
  noCommand: 'Say what to do: run, check, runs, resume or demo.',
  unknownCommand: (command: string) =>
    `There is no command “${command}”. The commands are run, check, runs, resume and demo.`,
  wrongOption: (why: string) => `${why.replace(/\.$/, '')}.`,
  needsFlow: 'Say which flow to run: `tailrace run FLOW`.',
  oneFlowOnly: (extra: string) => `Only one flow can be run at a time, but “${extra}” was given too.`,
  needsPath: 'Say what to check: `tailrace check PATH...`, with flows or folders.',
  noArguments: (command: string, extra: string) => `\`tailrace ${command}\` takes no “${extra}”.`,
  needsRun: 'Say which run to resume: `tailrace resume RUN`. `tailrace runs` lists them.',
  oneRunOnly: (extra: string) => `Only one run can be resumed at a time, but “${extra}” was given too.`,
  doubtForm: (given: string) => `“${given}” is no way to handle what is in doubt. Write ask, retry or skip.`,
  inputForm: (given: string) => `“${given}” gives no value to an input. Write it as --input NAME=VALUE.`,
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
  stopping: 'Stopping. Press Ctrl+C again to stop at once.',
  goesOn: (pid: number, run: string) =>
    `The background part of the run ${run} goes on in process ${pid}. \`tailrace runs\` shows how far it is.`,
  suspending: 'Stopping so that the run can be resumed. Press Ctrl+C to cancel it instead.',
  suspended: (command: string) => `The run is interrupted. It goes on with: ${command}`,
  backgroundLost: 'The process of the run ended before there was a reply.',

  // Resume
  runNotFound: (run: string, folder: string) =>
    `There is no run “${run}” in ${folder}. \`tailrace runs\` lists the runs; their ids come first on each line.`,
  runAmbiguous: (run: string, ids: readonly string[]) =>
    `“${run}” is the beginning of several runs: ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', ...' : ''}. Give more of it.`,
  runForeign: (run: string) =>
    `The run ${run} was not started by this installation, so it was not resumed: it may have come with a copied folder.`,
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
  inDoubt: (step: string, flow: string, items: number) =>
    items === 0
      ? `In doubt: “${step}” of “${flow}”. Nobody knows whether it has happened.`
      : `In doubt: ${count(items, 'item', 'items')} of “${step}” of “${flow}”. Nobody knows whether it has happened for:`,
  doubtfulItem: (label: string) => `  ${label}`,
  doubtQuestion: 'Do it again (r), leave it out (l), or stop here (Enter)? ',
  doubtHelp: (command: string) =>
    `Nothing ran. Do it again with \`${command} --in-doubt retry\`, or leave it out with \`${command} --in-doubt skip\`.`,

  // Check
  problem: (severity: string, step: string | undefined, field: string | undefined, message: string) =>
    `  ${severity.padEnd(8)} ${step === undefined ? '' : `${step}${field === undefined ? '' : ` › ${field}`}: `}${message}`,
  flowFine: '  no problems',
  checked: (flows: number, errors: number, warnings: number) =>
    `${count(flows, 'flow', 'flows')} checked: ${count(errors, 'error', 'errors')}, ${count(warnings, 'warning', 'warnings')}.`,

  // Runs
  interruptedHelp: (id: string) =>
    `Interrupted runs go on with \`tailrace resume RUN\`, such as \`tailrace resume ${id}\`.`,
  noRuns: (folder: string) => `There are no runs in ${folder}.`,
  runBackground: (threads: number) => `${count(threads, 'background thread', 'background threads')} going on`,

  // Demo
  demoMissing: 'The samples that belong to Tailrace were not found. Install it again.',
  demoBegins: (folder: string) =>
    `The example runs in ${folder}. Its mails are kept in the outbox, none leaves this computer.`
} as const
