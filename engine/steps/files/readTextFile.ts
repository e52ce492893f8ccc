import { defineStep, exit } from '../../model/index.ts'
import { describeMapping } from '../../mapping/index.ts'

/** Reads a text document into a value. */
export const readTextFile = defineStep({
  type: 'read-text-file',
  title: 'Read Text File',
  summary: 'Reads the text of a document.',
  category: 'Files',
  icon: 'file-text',
  effect: 'observes',
  canFail: true,
  inputs: { Document: { type: 'File', summary: 'The document to read.', required: true, document: true } },
  settings: {},
  outcomes: { Done: { outputs: { Text: { type: 'Text', summary: 'What the document holds.' } } } },
  describe: (step) => describeMapping(step.inputs.Document) || 'No document chosen',
  run: async ({ inputs, services }) => exit('Done', { Text: await services.documents.readText(inputs.Document) })
})
