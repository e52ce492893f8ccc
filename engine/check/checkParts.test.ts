import { describe, expect, test } from 'vitest'
import { filledFlow } from '../testing/filledFlow.ts'
import { setVariableType } from '../edit/index.ts'
import { check } from '../testing/trialCheck.ts'

type Extras = Parameters<typeof filledFlow>[1]

/** All problems as 'severity code at step.field'. */
function found(text: string, extras?: Extras): string[] {
  return check(filledFlow(text, extras)).map(({ severity, code, step, field }) => {
    return `${severity} ${code}${step === undefined ? '' : ` at ${step}`}${field === undefined ? '' : `.${field}`}`
  })
}

/** The one problem of this code, and what is left of all once its mend of this title is made. */
function mended(code: string, title: string, text: string, extras?: Extras): string[] {
  const document = filledFlow(text, extras)
  const [problem, another] = check(document).filter((one) => one.code === code)
  expect([problem?.code, another]).toEqual([code, undefined])
  const fix = problem?.fixes.find((one) => one.title === title)
  expect(problem?.fixes.map((one) => one.title)).toContain(title)
  return check(fix!.apply(document)).map((one) => one.code)
}

const plain = 'Start -> Log -> End Step'

describe('outcomes that are not connected', () => {
  test('end the body of a loop, and that is fine', () => {
    expect(found('Start -> For Each -[Each]-> Log\nFor Each -[Done]-> End Step')).toEqual([])
    expect(found('Start -> Repeat -[Loop]-> If -> Log -> Repeat\nRepeat -[Done]-> End Step')).toEqual([])
  })

  test('leave a loop without steps', () => {
    expect(found('Start -> While -[Done]-> End Step')).toEqual(['warning body-empty at While.Loop'])
  })

  test('of the loop itself stop the flow', () => {
    expect(found('Start -> Repeat -[Loop]-> Log -> End Step')).toEqual(['warning outcome-open at Repeat.Done'])
  })

  test('are caught by Catch Outcome, all or those it names', () => {
    const text = 'Start -> If -> End Step\nCatch Outcome -> End Step'
    expect(found(text)).toEqual([])
    const named = (name: string): Extras => ({ steps: { 'Catch Outcome': { settings: { Outcomes: [name] } } } })
    expect(found(text, named('False'))).toEqual([])
    expect(found(text, named('Done'))).toEqual(['warning outcome-open at If.False'])
  })

  test('named No Data still fail the step: connect it, or switch it off', () => {
    const extras: Extras = { steps: { Log: { noData: true } } }
    expect(found(plain, extras)).toEqual(['warning no-data-open at Log.No Data'])
    expect(mended('no-data-open', 'Switch No Data off', plain, extras)).toEqual([])
    expect(mended('no-data-open', 'Connect it to “End Step”', plain, extras)).toEqual([])
  })

  test('that a step no longer has keep their connections, and are told of', () => {
    const text = 'Start -> Switch -[A]-> End Step\nSwitch -[B]-> End Step\nSwitch -[Otherwise]-> End Step'
    const cases: Extras = { steps: { Switch: { settings: { Cases: ['A'] } } } }
    expect(found(text)).toEqual([])
    expect(found(text, cases)).toEqual(['error outcome-unknown at Switch.B'])
  })
})

describe('Parallel and Join', () => {
  const text = 'Start -> Parallel -[Path 1]-> Log 1 -> Join -> End Step\nParallel -[Path 2]-> Log 2 -> Join'

  test('fit when all paths meet', () => {
    expect(found(text)).toEqual([])
  })

  test('need every path that the Join waits for', () => {
    const three: Extras = { steps: { Parallel: { settings: { Paths: 3 } } } }
    expect(found(text, three)).toEqual(['error path-open at Parallel.Path 3'])
    expect(mended('path-open', 'Connect it to “Join”', text, three)).toEqual([])
    const any: Extras = { steps: { ...three.steps, Join: { settings: { 'Wait for': 'Any' } } } }
    expect(found(text, any)).toEqual(['warning path-open at Parallel.Path 3'])
  })

  test('do not wait for a path that ends before', () => {
    const ends = 'Start -> Parallel -[Path 1]-> Log 1 -> Join -> End Step\nParallel -[Path 2]-> Log 2'
    expect(found(ends)).toEqual(['warning path-elsewhere at Parallel.Path 2', 'warning outcome-open at Log 2.Done'])
    expect(mended('outcome-open', 'Connect it to “Join”', ends)).toEqual([])
  })

  test('are a mistake when the paths meet nowhere', () => {
    const none = 'Start -> If -> Parallel -[Path 1]-> Log 1\nParallel -[Path 2]-> Log 2\nIf -[False]-> End Step'
    expect(found(none)[0]).toBe('error paths-unmet at Parallel')
    const ends = 'Start -> Parallel -[Path 1]-> End Step\nParallel -[Path 2]-> End Step'
    expect(found(ends)).toEqual(['warning paths-unmet at Parallel'])
  })

  test('are a mistake when the paths lead to different Joins', () => {
    const two = 'Start -> Parallel -[Path 1]-> Join 1 -> End Step\nParallel -[Path 2]-> Log -> Join 2 -> End Step'
    expect(found(two)).toContain('error joins-differ at Parallel.Path 2')
  })

  test('alone is nothing to wait for', () => {
    const alone = 'Start -> Join -> End Step'
    expect(found(alone)).toEqual(['warning join-alone at Join'])
    expect(mended('join-alone', 'Remove “Join” and connect past it', alone)).toEqual([])
  })

  test('share none with a Parallel around', () => {
    const shared = `Start -> Parallel 1 -[Path 1]-> Parallel 2 -[Path 1]-> Join -> End Step
      Parallel 2 -[Path 2]-> Join\nParallel 1 -[Path 2]-> Join`
    expect(found(shared)).toEqual(['error join-shared at Join'])
    expect(mended('join-shared', 'Give it a Join of its own', shared)).toEqual([])
  })

  test('wait for no more paths than there are', () => {
    const extras: Extras = { steps: { Join: { settings: { 'Wait for': 'Count', Count: 5 } } } }
    expect(found(text, extras)).toEqual(['warning join-count at Join'])
  })

  test('are warned of a Go Async on a path, and in a loop that does several at once', () => {
    const async = text.replace('-> Log 2 ->', '-> Go Async -> Log 2 ->')
    expect(found(async)).toEqual(['warning async-in-branch at Go Async'])
    const loop = 'Start -> For Each -[Each]-> Go Async -> Log\nFor Each -[Done]-> End Step'
    expect(found(loop)).toEqual([])
    expect(found(loop, { steps: { 'For Each': { settings: { 'At most': 3 } } } })).toEqual([
      'warning async-in-branch at Go Async'
    ])
  })
})

describe('ways', () => {
  test('that go round for ever are told of once', () => {
    expect(found('Start -> If -> Log 1 -> Log 2 -> Log 1\nIf -[False]-> End Step')).toEqual([
      'warning loop-no-exit at Log 1'
    ])
    expect(found('Start -> Log 1 -> If -> Log 1\nIf -[False]-> End Step')).toEqual([])
  })

  test('begin at what catches, too', () => {
    expect(found(`${plain}\nCatch Exception -> End Step\nCatch Outcome -> End Step`)).toEqual([])
  })

  test('jump where GoTo says', () => {
    const jump = (Step: string): Extras => ({ steps: { GoTo: { settings: { Step } } } })
    const text = 'Start -> If -> GoTo\nIf -[False]-> Log -> End Step'
    expect(found(text, jump('Log'))).toEqual([])
    expect(found('Start -> GoTo\nLog -> End Step', jump('Log'))).toEqual([])
    expect(found(text, jump(''))).toEqual(['error step-not-chosen at GoTo.Step'])
    expect(mended('step-unknown', 'Choose “Log”', text, jump('Lag'))).toEqual([])
    expect(mended('jump-to-start', 'Choose “If”', text, jump('Start'))).toEqual([])
  })
})

describe('what catches', () => {
  const text = `${plain}\nCatch Exception 1 -> End Step\nCatch Exception 2 -> End Step`
  const second = (settings: Readonly<Record<string, string | string[]>>): Extras => ({
    steps: { 'Catch Exception 2': { settings } }
  })

  test('comes to nothing behind one that takes all', () => {
    expect(found(text)).toEqual(['warning catch-shadowed at Catch Exception 2'])
    const codes = second({ Catches: 'By code', Codes: ['exception'] })
    expect(mended('catch-shadowed', 'Ask “Catch Exception 2” first', text, codes)).toEqual([])
    const outcomes = `${plain}\nCatch Outcome 1 -> End Step\nCatch Outcome 2 -> End Step`
    expect(found(outcomes)).toEqual(['warning catch-shadowed at Catch Outcome 2'])
  })

  test('does not count while it is disabled', () => {
    expect(found(text, { steps: { 'Catch Exception 1': { disabled: true } } })).toEqual([])
  })

  test('has to name something, and something that is there', () => {
    const one = `${plain}\nCatch Exception 2 -> End Step`
    expect(found(one, second({ Catches: 'By code' }))).toEqual(['warning setting-needed at Catch Exception 2.Codes'])
    const missing = second({ Catches: 'By step', Steps: ['Log', 'Ghost'] })
    expect(found(one, missing)).toEqual(['error step-unknown at Catch Exception 2.Steps'])
    expect(mended('step-unknown', 'Remove what is not there', one, missing)).toEqual([])
  })
})

describe('settings', () => {
  const text = 'Start -> Switch -[A]-> End Step\nSwitch -[Otherwise]-> End Step'
  const cases = (...Cases: string[]): Extras => ({ steps: { Switch: { settings: { Cases } } } })

  test('of texts: no empty ones, none twice, none that means something else', () => {
    expect(found('Start -> Switch -[Otherwise]-> End Step', cases())).toEqual([
      'warning setting-needed at Switch.Cases'
    ])
    expect(mended('setting-text-empty', 'Remove the empty lines', text, cases('A', ''))).toEqual([])
    expect(mended('setting-text-twice', 'Remove what stands twice', text, cases('A', 'A'))).toEqual([])
    expect(found(text, cases('A', 'On Exception'))).toContain('error setting-text-reserved at Switch.Cases')
    const numbers: Extras = { steps: { Switch: { settings: { Cases: [1] } } } }
    expect(found('Start -> Switch -[Otherwise]-> End Step', numbers)).toContain('error setting-type at Switch.Cases')
  })

  test('of signals: none that is called like the outcome of waiting too long', () => {
    const signals: Extras = { steps: { 'Wait for First Signal': { settings: { Signals: ['A', 'Nothing Came'] } } } }
    const [problem, another] = check(
      filledFlow(
        'Start -> Wait for First Signal -[A]-> End Step\nWait for First Signal -[Nothing Came]-> End Step',
        signals
      )
    )
    expect([problem?.code, another]).toEqual(['setting-text-reserved', undefined])
    expect(problem?.message).toBe(
      '“Nothing Came” in “Signals” of “Wait for First Signal” is the name of an outcome that means something else, and the two could not be told apart. Choose another name.'
    )
  })

  test('of values: names and types', () => {
    const values = (...Values: { name: string; type: string }[]): Extras => ({
      steps: { 'Create Data': { settings: { Values } } }
    })
    const data = 'Start -[Done]-> Create Data -[Done]-> End Step'
    const text = { name: 'A', type: 'Text' }
    expect(found(data, values(text))).toEqual([])
    expect(found(data, values(text, text))).toEqual(['error setting-text-twice at Create Data.Values'])
    expect(found(data, values({ ...text, name: '' }))).toEqual(['error setting-text-empty at Create Data.Values'])
    expect(check(filledFlow(data, values({ ...text, name: 'toString' })))[0]?.message).toBe(
      '“toString” in “Values” of “Create Data” cannot be the name of a value. Choose another name.'
    )
    expect(found(data, values({ ...text, type: 'Rope' }))).toContain('error setting-type at Create Data.Values')
  })

  test('of a path: what the body gives when it has ended', () => {
    const loop = 'Start -> For Each -[Each]-> Read Text File\nFor Each -[Done]-> Log -> End Step'
    const collect = (path: string): Extras => ({ steps: { 'For Each': { settings: { Collect: path } } } })
    expect(found(loop, collect('steps.Read Text File.Text'))).toEqual([])
    expect(found(loop, collect('item'))).toEqual([])
    expect(found(loop, collect('steps.Read Text File.Error'))).toEqual([])
    expect(
      mended('data-unknown', 'Take “steps.Read Text File.Text”', loop, collect('steps.Read Text File.Txt'))
    ).toEqual([])
    const later = 'Start -> For Each -[Each]-> Log 2\nFor Each -[Done]-> Read Text File -> End Step'
    expect(found(later, collect('steps.Read Text File.Text'))).toEqual(['warning data-never at For Each.Collect'])
  })
})

describe('variables', () => {
  const text = 'Start -> Set Value -> End Step'
  const set = (Variable: string, value: string | number = 1): Extras => ({
    variables: [{ name: 'Count', type: 'Number' }],
    steps: { 'Set Value': { settings: { Variable }, inputs: { Value: { kind: 'constant', value } } } }
  })

  test('are there, and of the type of what is set', () => {
    expect(found(text, set('Count'))).toEqual([])
    expect(found(text, set('Count', 'many'))).toEqual(['error input-type at Set Value.Value'])
    expect(mended('variable-not-chosen', 'Choose “Count”', text, set(''))).toEqual([])
    expect(mended('variable-unknown', 'Choose “Count”', text, set('Cuont'))).toEqual([])
    expect(mended('variable-unknown', 'Make the variable “Name”, Text', text, set('Name', 'Ada'))).toEqual([])
  })

  test('have names and values to begin with that make sense', () => {
    const extras: Extras = {
      inputs: [{ name: 'A', type: 'Text' }],
      variables: [
        { name: 'A', type: 'Text' },
        { name: 'B', type: 'Number', initial: 'x' },
        { name: 'B', type: 'Number' },
        { name: 'toString', type: 'Text' }
      ]
    }
    expect(found(plain, extras)).toEqual([
      'error flow-variable-twice',
      'error flow-variable-is-input',
      'error name-forbidden',
      'error initial-type'
    ])
  })

  test('that nothing has set yet are empty', () => {
    const reading: Extras = {
      variables: [{ name: 'Name', type: 'Text' }],
      steps: { 'Send Signal': { inputs: { Value: { kind: 'select', path: 'flow.Name' } } } }
    }
    expect(found('Start -> Send Signal -> End Step', reading)).toEqual(['warning data-never at Send Signal.Value'])
  })
})

describe('outputs', () => {
  const text = 'Start -> Read Text File -> End Step'
  const mapped = (outputs: NonNullable<NonNullable<NonNullable<Extras>['steps']>[string]['outputs']>): Extras => ({
    variables: [
      { name: 'Letter', type: 'Text' },
      { name: 'Letters', type: 'List of Text' },
      { name: 'Size', type: 'Number' }
    ],
    steps: { 'Read Text File': { outputs } }
  })

  test('go into variables that are there and hold such values', () => {
    expect(found(text, mapped({ Text: { kind: 'set', variable: 'Letter' } }))).toEqual([])
    expect(found(text, mapped({ Text: { kind: 'append', variable: 'Letters' } }))).toEqual([])
    const wrong = mapped({ Text: { kind: 'set', variable: 'Size' } })
    expect(found(text, wrong)).toEqual(['error output-type at Read Text File.Text'])
    expect(mended('output-type', 'Make “Size” Text', text, wrong)).toEqual([])
    const single = mapped({ Text: { kind: 'append', variable: 'Letter' } })
    expect(mended('output-type', 'Make “Letter” a List of Text', text, single)).toEqual([])
    const none = mapped({ Text: { kind: 'append', variable: 'Post' } })
    expect(mended('variable-unknown', 'Make the variable “Post”, List of Text', text, none)).toEqual([])
  })

  test('are there, and have names of their own', () => {
    const misspelt = mapped({ Txt: { kind: 'set', variable: 'Letter' } })
    expect(mended('output-unknown', 'Rename it to “Text”', text, misspelt)).toEqual([])
    expect(mended('output-name-empty', 'Keep its name', text, mapped({ Text: { kind: 'rename', name: '' } }))).toEqual(
      []
    )
    const forbidden = mapped({ Text: { kind: 'rename', name: '__proto__' } })
    expect(mended('name-forbidden', 'Keep its name', text, forbidden)).toEqual([])
    const list = 'Start -> Email Address List -> End Step\nEmail Address List -[Empty]-> End Step'
    const twice: Extras = {
      steps: { 'Email Address List': { outputs: { Count: { kind: 'rename', name: 'Addresses' } } } }
    }
    expect(mended('output-twice', 'Keep its name', list, twice)).toEqual([])
  })

  test('that were renamed are found again', () => {
    const reading = 'Start -> Read Text File -> Log -> End Step'
    const extras: Extras = {
      steps: {
        'Read Text File': { outputs: { Text: { kind: 'rename', name: 'Letter of spring' } } },
        Log: { inputs: { Message: { kind: 'select', path: 'steps.Read Text File.Text' } } }
      }
    }
    expect(mended('data-unknown', 'Take “steps.Read Text File.Letter of spring”', reading, extras)).toEqual([])
  })
})

describe('built values and expressions', () => {
  const log = (
    Message: NonNullable<NonNullable<Extras>['steps']>[string]['inputs'] extends infer I
      ? NonNullable<I>[keyof I]
      : never
  ): Extras => ({
    inputs: [{ name: 'Season', type: 'Text' }],
    steps: { Log: { inputs: { Message } } }
  })
  const expression = (source: string): Extras => log({ kind: 'expression', source })

  test('are checked where they stand, with mends', () => {
    expect(found(plain, expression('upper(flow.Season)'))).toEqual([])
    expect(found(plain, expression('upper('))).toEqual(['error expression-syntax at Log.Message'])
    expect(found(plain, expression('{a: 1}'))).toEqual(['error expression-type at Log.Message'])
    expect(found(plain, expression(' '))).toEqual(['error input-unset at Log.Message'])
    expect(mended('expression-name', 'Use “flow.Season”', plain, expression('flow.Saeson'))).toEqual([])
  })

  test('that were right are wrong once what they read has another type', () => {
    const document = filledFlow(plain, {
      variables: [{ name: 'Count', type: 'Number', initial: 1 }],
      steps: { Log: { inputs: { Message: { kind: 'expression', source: 'flow.Count + 1' } } } }
    })
    expect(check(document)).toEqual([])
    const codes = check(setVariableType(document, 'Count', 'Boolean')).map(({ code }) => code)
    expect(codes).toEqual(['initial-type', 'expression-type'])
    expect(check(document)).toEqual([])
  })

  test('see what stands around them', () => {
    const text = 'Start -> For Each -[Each]-> Log\nFor Each -[Done]-> End Step'
    expect(found(text, expression('upper(item) & index'))).toEqual([])
    expect(found(plain, expression('item'))).toEqual(['error expression-name at Log.Message'])
  })

  test('take nothing that comes later, and are warned of what comes on some ways, unless they reckon with it', () => {
    const text = 'Start -> If -> Read Text File -> Log\nIf -[False]-> Log -> End Step'
    expect(found(text, expression('steps["Read Text File"].Text'))).toEqual(['warning data-sometimes at Log.Message'])
    expect(found(text, expression('default(steps["Read Text File"].Text, "")'))).toEqual([])
    const later = 'Start -> Log -> Read Text File -> End Step'
    expect(found(later, expression('steps["Read Text File"].Text'))).toEqual(['error data-never at Log.Message'])
  })

  test('are looked into in records and lists, and of the right type', () => {
    const list = { kind: 'list', items: [{ kind: 'select', path: 'flow.Saeson' }] } as const
    expect(found(plain, log(list))).toEqual(['error input-type at Log.Message', 'error data-unknown at Log.Message'])
    const signal = 'Start -> Send Signal -> End Step'
    const extras: Extras = {
      inputs: [{ name: 'Season', type: 'Text' }],
      steps: { 'Send Signal': { inputs: { Value: { kind: 'record', fields: { a: list } } } } }
    }
    expect(mended('data-unknown', 'Take “flow.Season”', signal, extras)).toEqual([])
  })
})

describe('what every step may have', () => {
  test('stays within its range', () => {
    const retry = (attempts: number, wait: number, factor: number): Extras => ({
      steps: { Log: { retry: { attempts, wait, factor } } }
    })
    expect(found(plain, retry(3, 1, 2))).toEqual([])
    expect(found(plain, retry(0, -1, 0.5))).toEqual([
      'error attempts-range at Log.retry',
      'error wait-range at Log.retry',
      'error factor-range at Log.retry'
    ])
    expect(mended('attempts-range', 'Choose “3”', plain, retry(2.5, 0, 1))).toEqual([])
    expect(mended('timeout-range', 'Choose “604800”', plain, { steps: { Log: { timeout: 1e9 } } })).toEqual([])
  })

  test('makes sense: No Data without a required input does not', () => {
    const text = 'Start -> Cancel Run -> End Step\nCancel Run -[No Data]-> End Step'
    expect(found(text, { steps: { 'Cancel Run': { noData: true } } })).toEqual([
      'warning no-data-needless at Cancel Run.noData'
    ])
  })
})

test('an output that comes too late for the caller can come before the reply', () => {
  const text = 'Start -> Go Async -> Read Text File -> Log -> End Step'
  const extras: Extras = {
    outputs: [{ name: 'Letter', type: 'Text' }],
    steps: { 'End Step': { inputs: { Letter: { kind: 'expression', source: 'steps["Read Text File"].Text' } } } }
  }
  expect(found(text, extras)).toEqual(['warning output-in-background at End Step.Letter'])
  expect(mended('output-in-background', 'Reply after “Read Text File”', text, extras)).toEqual([])
})
