import { defineStep, exit, isRecord, type Value } from '../../model/index.ts'

/** Where the flow goes on when one of its steps fails and nothing nearer handles it. */
export const catchException = defineStep({
  type: 'catch-exception',
  title: 'Catch Exception',
  summary: 'Where the flow goes on, in the foreground or the background, when a step fails and has no On Exception.',
  category: 'Flow Management',
  icon: 'shield-check',
  role: 'catch',
  inputs: {},
  settings: {
    Catches: { kind: 'choice', initial: 'All', choices: ['All', 'By code', 'By step'], summary: 'Which failures.' },
    Codes: {
      kind: 'texts',
      initial: [],
      needed: true,
      summary: 'The codes, such as mail-server-unreachable.',
      shownWhen: { setting: 'Catches', is: ['By code'] }
    },
    Steps: {
      kind: 'steps',
      initial: [],
      needed: true,
      summary: 'The steps.',
      shownWhen: { setting: 'Catches', is: ['By step'] }
    }
  },
  outcomes: {
    Caught: { outputs: { Error: { type: 'Record', summary: 'What went wrong: message, code, step and detail.' } } }
  },
  handles({ Catches: mode, Codes: codes, Steps: steps }, { code, step }) {
    if (mode === 'By code') return includes(codes, code)
    return mode === 'By step' ? step !== undefined && includes(steps, step) : true
  },
  describe: ({ settings }, { flow }) => {
    const { Catches: mode, Codes: codes, Steps: steps } = settings
    if (mode === 'By code') return Array.isArray(codes) ? codes.join(', ') : ''
    if (mode !== 'By step') return 'Any failure'
    const names = flow.steps.flatMap(({ id, name }) => (includes(steps, id) ? [name] : []))
    return names.length === 0 ? 'No step chosen' : names.join(', ')
  },
  run({ caught }) {
    const { code = '', message = '', step = null, detail = null } = caught ?? {}
    return exit('Caught', { Error: { code, message, step, detail: isRecord(detail) ? { ...detail } : detail } })
  }
})

function includes(list: Value | undefined, text: string): boolean {
  return Array.isArray(list) && list.includes(text)
}
