import {
  type Effect,
  type InputDefinition,
  mappingKinds,
  type Outcome,
  outcomesOf,
  type SettingDefinition,
  type SettingIs,
  type Step,
  type StepDefinition,
  type StepSurroundings,
  type Value
} from '../../engine/index.ts'
import { code, table } from './markdown.ts'

/** The page of one kind of step, in Markdown, made from its definition alone. */
export function stepPage(definition: StepDefinition): string {
  const { title, summary, category, type } = definition
  const parts = [
    `# ${title}`,
    summary,
    `Category: ${category}. In flow files: ${code(type)}.`,
    ...remarks(definition),
    '## Inputs',
    ...inputs(definition),
    '## Settings',
    ...settings(definition),
    '## Outcomes',
    ...outcomes(definition)
  ]
  return `${parts.join('\n\n')}\n`
}

function remarks({ detaches, forks, role, effect, waits }: StepDefinition): string[] {
  const lines = [
    detaches && 'Whoever called the flow gets control back here; what follows runs in the background.',
    forks && 'Branches start here. They run at the same time and meet at the Join that follows.',
    role === 'catch' && 'Nothing leads to this step: a flow call that fails goes on here.',
    role === 'catch-outcome' && 'Nothing leads to this step: an outcome that is not connected goes on here.',
    `After a restart: ${afterRestart(effect, waits)}`
  ]
  return lines.filter((line) => typeof line === 'string')
}

/** What becomes of a step that had begun when the program ended, once the run is resumed. */
function afterRestart(effect: Effect | undefined, waits = false): string {
  switch (effect) {
    case undefined:
      return 'it goes on where it was; it changes nothing outside the run.'
    case 'observes':
      return waits
        ? 'it goes on waiting; what has happened meanwhile counts.'
        : 'its result is kept; when it was cut off before it had one, it begins again.'
    case 'idempotent':
      return 'what it had done stays done; when it was cut off, it does it again, which changes nothing more.'
    case 'unsafe':
      return 'what it had done is not done again. What was on its way is in doubt; its setting In doubt says what happens then.'
  }
}

function inputs(definition: StepDefinition): string[] {
  const rows = Object.entries(definition.inputs).map(([name, input]) => [
    name,
    input.type,
    input.required ? 'yes' : whenRequired(input),
    [input.summary, ...shown(input.shownWhen), ...atFirst(input)].join(' ')
  ])
  const more = definition.dynamicInputs
    ? ['There are further inputs, which depend on its settings and on the flow.']
    : []
  if (rows.length === 0) return more.length > 0 ? ['They depend on its settings and on the flow.'] : ['None.']
  return [table(['Input', 'Type', 'Required', 'What it is for'], rows), ...more]
}

function whenRequired({ requiredWhen }: InputDefinition): string {
  return requiredWhen ? `while ${requiredWhen.setting} is ${requiredWhen.is.map(shortly).join(' or ')}` : ''
}

function atFirst({ initial }: InputDefinition): string[] {
  if (!initial) return []
  return [`At first: ${initial.kind === 'constant' ? shortly(initial.value) : mappingKinds[initial.kind].title}.`]
}

function settings({ settings: all }: StepDefinition): string[] {
  const rows = Object.entries(all).map(([name, setting]) => [
    name,
    kindOf(setting),
    shortly(setting.initial),
    [setting.summary, ...shown(setting.shownWhen)].join(' ')
  ])
  return rows.length === 0 ? ['None.'] : [table(['Setting', 'Kind', 'At first', 'What it does'], rows)]
}

function shown(when: SettingIs | undefined): string[] {
  return when ? [`Only while ${when.setting} is ${when.is.map(shortly).join(' or ')}.`] : []
}

function kindOf(setting: SettingDefinition): string {
  switch (setting.kind) {
    case 'text':
      return 'text'
    case 'number':
      return ['number', bounds(setting), setting.unit].filter((part) => part).join(' ')
    case 'boolean':
      return 'yes or no'
    case 'choice':
      return setting.choices.map((choice) => `“${choice}”`).join(', ')
    case 'flow':
      return 'a flow'
    case 'end-step':
      return 'an End Step of this flow'
    case 'account':
      return 'a mail account'
    case 'column':
      return `a column of the document in ${setting.of}`
    case 'texts':
      return 'texts, one a line'
    case 'step':
      return 'a step of this flow'
    case 'steps':
      return 'steps of this flow'
    case 'variable':
      return 'a variable of this flow'
    case 'values':
      return 'names and types'
    case 'script':
      return 'a script'
  }
}

function bounds({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`
  if (min !== undefined) return `from ${min}`
  return max === undefined ? '' : `up to ${max}`
}

const anywhere: StepSurroundings = {
  flow: { id: '', name: '', inputs: [], outputs: [], steps: [], connections: [] },
  flowAt: () => undefined
}

function outcomes(definition: StepDefinition): string[] {
  const { type, title } = definition
  const step: Step = { id: type, type, name: title, settings: {}, inputs: {} }
  const found = outcomesOf(definition, step, anywhere)
  const known = definition.dynamicOutcomes?.(step, anywhere) !== undefined
  const remark = !definition.dynamicOutcomes
    ? []
    : [known ? 'They depend on its settings; a new step has these.' : 'They depend on the flow that it runs.']
  if (found.length === 0 && remark.length === 0)
    return [definition.jumpsTo ? 'None: it goes on at the step that it names.' : 'None: nothing follows this step.']
  return [...remark, ...found.flatMap(outcome)]
}

function outcome({ name, summary, outputs, locals }: Outcome): string[] {
  const rows = (values: typeof outputs): string[][] =>
    Object.entries(values).map(([output, { type, summary: what }]) => [output, type, what])
  const given = rows(outputs)
  const inside = locals ? rows(locals) : []
  return [
    `### ${name}`,
    ...(summary === undefined ? [] : [summary]),
    ...(locals ? ['What follows is a body: it comes back to the step.'] : []),
    ...(given.length === 0 ? [] : [table(['Output', 'Type', 'What it is'], given)]),
    ...(inside.length === 0 ? [] : [table(['Inside the body', 'Type', 'What it is'], inside)])
  ]
}

/** A value as people would write it in a sentence. */
function shortly(value: Value): string {
  if (value === '' || value === null) return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return code(value)
  return Array.isArray(value) && value.length === 0 ? 'none' : code(JSON.stringify(value))
}
