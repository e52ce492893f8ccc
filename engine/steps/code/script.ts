import { defineStep, exit, type Value } from '../../model/index.ts'

/** Runs JavaScript in a sandbox. */
export const script = defineStep({
  type: 'script',
  title: 'Script',
  summary: 'Runs JavaScript in a sandbox that can reach nothing but its input. It returns the result.',
  category: 'Code',
  icon: 'braces',
  effect: 'observes',
  canFail: true,
  inputs: { Input: { type: 'Any', summary: 'What the script finds as “input”.' } },
  settings: {
    Script: {
      kind: 'script',
      initial: 'return input',
      summary: 'The script; what it returns becomes the output Result.'
    }
  },
  outcomes: { Done: { outputs: { Result: { type: 'Any', summary: 'What the script returned.' } } } },
  describe: ({ settings }) => (typeof settings.Script === 'string' ? (settings.Script.split('\n')[0] ?? '') : ''),
  async run({ inputs, settings, services, signal }): Promise<ReturnType<typeof done>> {
    return done(await services.script.run(settings.Script, { input: inputs.Input }, signal))
  }
})

const done = (result: Value) => exit('Done', { Result: result })
