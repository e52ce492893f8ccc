import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Flow, FlowInput, Mapping } from '../../model/index.ts'
import { writeFlow } from '../../file/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { builtInSteps } from '../../steps/index.ts'
import { designerFolder } from './designerFolder.ts'
import { openInstallation } from '../installation/installation.ts'
import { startRun } from '../runs/startRun.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'

const select = (path: string): Mapping => ({ kind: 'select', path })
const own: FlowInput = { name: 'Own', type: 'File', initial: 'own.txt' }

/** Reads three documents: its own by a text, one that it is handed, and its input's initial one. */
const child: Flow = flowFromText(
  'Start -> Read Text File 1 -> Read Text File 2 -> Read Text File 3 -> Script -> End Step',
  builtInSteps,
  {
    name: 'Child',
    inputs: [{ name: 'Given', type: 'File' }, own],
    outputs: [{ name: 'Texts', type: 'List of Text' }],
    steps: {
      'Read Text File 1': { inputs: { Document: { kind: 'constant', value: 'list.txt' } } },
      'Read Text File 2': { inputs: { Document: select('flow.Given') } },
      'Read Text File 3': { inputs: { Document: select('flow.Own') } },
      Script: {
        settings: { Script: 'return [1, 2, 3].map((n) => input[`Read Text File ${n}`].Text)' },
        inputs: { Input: { kind: 'script', source: 'steps' } }
      },
      'End Step': { inputs: { Texts: select('steps.Script.Result') } }
    }
  }
)

const parent: Flow = flowFromText('Start -> Run Flow -[End Step]-> End Step', builtInSteps, {
  name: 'Parent',
  outputs: [{ name: 'Texts', type: 'List of Text' }],
  steps: {
    'Run Flow': {
      settings: { Flow: '../parts/Child.flow.json' },
      inputs: { Given: { kind: 'constant', value: 'list.txt' } }
    },
    'End Step': { inputs: { Texts: select('steps.Run Flow.Texts') } }
  }
})

it('a document is looked for beside the flow that names it, also when another flow reads it', async () => {
  const root = await temporaryFolder()
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(path.join(root, path.dirname(name)), { recursive: true })
    await writeFile(path.join(root, name), text)
  }
  await write('main/Parent.flow.json', writeFlow({ flow: parent, layout: {} }))
  await write('parts/Child.flow.json', writeFlow({ flow: child, layout: {} }))
  await write('main/list.txt', "the parent's")
  await write('parts/list.txt', "the child's")
  await write('parts/own.txt', "the child's own")
  const run = await startRun({
    folder: designerFolder(root, () => 'new'),
    installation: openInstallation(await temporaryFolder()),
    path: 'main/Parent.flow.json'
  })
  expect(await run.reply).toEqual({
    kind: 'replied',
    outcome: 'End Step',
    outputs: { Texts: ["the child's", "the parent's", "the child's own"] }
  })
  expect(await run.settled).toEqual({ state: 'completed' })
})
