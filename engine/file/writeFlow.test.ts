import { expect, test } from 'vitest'
import type { FlowDocument } from '../model/index.ts'
import { readFlow } from './readFlow.ts'
import { writeFlow } from './writeFlow.ts'

const document: FlowDocument = {
  flow: {
    id: 'f',
    name: 'Two steps',
    description: '',
    inputs: [],
    outputs: [],
    steps: [
      { id: 'start', type: 'start', name: 'Start', settings: {}, inputs: {} },
      {
        id: 'log-1',
        type: 'log',
        name: 'Log 1',
        settings: { Level: 'info' },
        inputs: {
          Message: { kind: 'merge', template: 'One\n{{flow.x}}\n', format: 'text' },
          Detail: { kind: 'constant', value: { list: [1, 2, 3], text: 'x' } }
        },
        note: '',
        disabled: false
      }
    ],
    connections: [{ from: 'start', outcome: 'Done', to: 'log-1' }]
  },
  layout: { 'log-1': { x: 200, y: 0 }, start: { x: 0, y: 0 } }
}

test('puts one field on a line and leaves out what is empty', () => {
  expect(writeFlow(document)).toBe(`{
  "format": "tailrace-flow",
  "version": 1,
  "flow": {
    "id": "f",
    "name": "Two steps",
    "steps": [
      {
        "id": "start",
        "type": "start",
        "name": "Start"
      },
      {
        "id": "log-1",
        "type": "log",
        "name": "Log 1",
        "settings": {
          "Level": "info"
        },
        "inputs": {
          "Detail": { "kind": "constant", "value": { "list": [1, 2, 3], "text": "x" } },
          "Message": {
            "kind": "merge",
            "format": "text",
            "lines": [
              "One",
              "{{flow.x}}",
              ""
            ]
          }
        }
      }
    ],
    "connections": [
      { "from": "start", "outcome": "Done", "to": "log-1" }
    ]
  },
  "layout": {
    "start": { "x": 0, "y": 0 },
    "log-1": { "x": 200, "y": 0 }
  }
}
`)
})

test('writes the same text again after reading', () => {
  const text = writeFlow(document)
  const result = readFlow(text)
  expect(result.kind === 'ok' && writeFlow(result.document)).toBe(text)
})

test('does not depend on the order of keys', () => {
  const [start, log] = document.flow.steps
  const shuffled: FlowDocument = {
    layout: document.layout,
    flow: {
      ...document.flow,
      steps: [
        { inputs: {}, settings: {}, name: 'Start', type: 'start', id: start!.id },
        { ...log!, inputs: Object.fromEntries(Object.entries(log!.inputs).reverse()) }
      ],
      connections: [{ to: 'log-1', outcome: 'Done', from: 'start' }]
    }
  }
  expect(writeFlow(shuffled)).toBe(writeFlow(document))
})

test('breaks a long mapping into lines, and keeps a $schema first', () => {
  const path = `steps.log-1.${'x'.repeat(120)}`
  const step = { ...document.flow.steps[1]!, inputs: { Message: { kind: 'select', path } as const } }
  const long = { $schema: './flow.schema.json', ...document, flow: { ...document.flow, steps: [step] } }
  expect(writeFlow(long)).toContain(`"Message": {\n            "kind": "select",\n            "path": "${path}"\n`)
  expect(writeFlow(long)).toMatch(/^\{\n {2}"\$schema": ".\/flow.schema.json",\n {2}"format"/)
})

test('keeps what steps say of retries, time, outputs, and mappings within mappings', () => {
  const variables = [{ name: 'Seen', type: 'List of Text', initial: [] }] as const
  const [start, log] = document.flow.steps
  if (!start || !log) throw new Error('The document has two steps')
  const step = {
    id: 'log-1',
    type: 'log',
    name: 'Log 1',
    timeout: 30,
    retry: { attempts: 3, wait: 2, factor: 1.5 },
    noData: true,
    settings: {},
    inputs: {
      Code: { kind: 'script', source: 'const x = 1\nreturn x' },
      Rate: { kind: 'expression', source: 'flow.x * 2' },
      Rows: { kind: 'list', items: [{ kind: 'null' }, { kind: 'merge', template: 'a\nb', format: 'html' }] },
      Who: {
        kind: 'record',
        fields: { Zip: { kind: 'constant', value: 8001 }, Name: { kind: 'select', path: 'flow.n' } }
      }
    },
    outputs: {
      Count: { kind: 'rename', name: 'How Many' },
      Names: { kind: 'append', variable: 'Seen' },
      Rest: { kind: 'nothing' }
    }
  } as const
  const rich = { ...document, flow: { ...document.flow, description: 'x', variables, steps: [start, step] } }
  const text = writeFlow(rich)
  const read = readFlow(text)
  expect(read.kind === 'ok' ? read.document.flow : read.message).toEqual(rich.flow)
  expect(text).toContain('"retry": { "attempts": 3, "wait": 2, "factor": 1.5 }')
  expect(text).toContain('"Zip"')
  expect(text.indexOf('"Zip"')).toBeLessThan(text.indexOf('"Name": { "kind": "select"'))
  expect(text).toMatch(/"lines": \[\s*"const x = 1",\s*"return x"\s*\]/)
})

test('says how runs are carried out, in a fixed order, and nothing when that is as usual', () => {
  const running = { later: 1, afterRestart: 'ask', recording: 'summary' } as const
  const text = writeFlow({ ...document, flow: { ...document.flow, running } })
  expect(text).toContain('    "running": { "recording": "summary", "afterRestart": "ask", "later": 1 },\n    "steps"')
  const read = readFlow(text)
  expect(read.kind === 'ok' ? read.document.flow.running : read.message).toEqual(running)
  expect(writeFlow({ ...document, flow: { ...document.flow, running: {} } })).toBe(writeFlow(document))
})

test('refuses a way to run that nobody knows, with the ways there are', () => {
  const read = readFlow(writeFlow(document).replace('"steps"', '"running": { "durability": "none" }, "steps"'))
  expect(read.kind !== 'ok' && read.message).toBe(
    '“flow.running.durability” is “none”, but it must be one of “debug”, “standard”, “strict”.'
  )
})
