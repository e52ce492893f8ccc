import { stepMessages } from '../../messages/steps.ts'
import { defineStep, exit, StepFailure } from '../../model/index.ts'
import { describeMapping } from '../../mapping/index.ts'

/** Puts a text, or a copy of a document, into the process folder of the run. */
export const addDocument = defineStep({
  type: 'add-document',
  title: 'Add Document to Folder',
  summary: 'Puts a text or a copy of a document into the process folder of the run.',
  category: 'Files',
  icon: 'file-plus',
  effect: 'idempotent',
  canFail: true,
  inputs: {
    Text: {
      type: 'Text',
      summary: 'What the document holds.',
      required: true,
      multiline: true,
      shownWhen: { setting: 'Source', is: ['Text'] }
    },
    Document: {
      type: 'File',
      summary: 'The document to copy.',
      required: true,
      document: true,
      shownWhen: { setting: 'Source', is: ['Document'] }
    },
    Name: {
      type: 'Text',
      summary: 'The name it gets, such as notes.txt; a copy keeps its own when left empty.',
      requiredWhen: { setting: 'Source', is: ['Text'] }
    }
  },
  settings: {
    Source: {
      kind: 'choice',
      initial: 'Text',
      choices: ['Text', 'Document'],
      summary: 'Whether the document is written or copied.'
    }
  },
  outcomes: { Done: { outputs: { Document: { type: 'File', summary: 'The document in the process folder.' } } } },
  describe: (step) =>
    describeMapping(step.inputs.Name) || describeMapping(step.inputs.Document) || 'Document without a name',
  async run({ step, inputs, settings, key, services: { documents } }) {
    const name = inputs.Name?.trim() ?? ''
    if (settings.Source === 'Document') {
      const own = name === '' ? undefined : name
      return exit('Done', { Document: await documents.copy(inputs.Document, own, key) })
    }
    if (name === '') throw new StepFailure('name-missing', stepMessages.noDocumentName(step.name))
    return exit('Done', { Document: await documents.add(name, inputs.Text, key) })
  }
})
