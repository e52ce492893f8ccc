import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stepOf } from '../model/index.ts'
import { currentVersion } from './migrations/index.ts'
import { readFlow } from './readFlow.ts'
import { writeFlow } from './writeFlow.ts'
import { holds } from '../testing/property/holds.ts'

const sample = readFileSync(new URL('samples/v1.flow.json', import.meta.url), 'utf8')

/** The sample as text, changed as JSON. */
function changed(change: (file: Json) => void): string {
  const file = JSON.parse(sample) as Json
  change(file)
  return JSON.stringify(file)
}

interface Json {
  format?: unknown
  version?: unknown
  flow: { steps: Record<string, unknown>[]; connections: unknown[]; [name: string]: unknown }
  layout?: unknown
}

function document(text: string) {
  const result = readFlow(text)
  if (result.kind !== 'ok') throw new Error(result.message)
  return result.document
}

function problems(text: string): string[] {
  const result = readFlow(text)
  return result.kind === 'broken' ? result.problems.map(({ message }) => message) : []
}

describe('a good file', () => {
  test('gives the flow and the layout', () => {
    const { flow, layout } = document(sample)
    expect(flow).toMatchObject({
      id: 'a3f1c2d4-welcome',
      name: 'Welcome',
      outputs: [{ name: 'Count', type: 'Number' }]
    })
    expect(flow.steps.map(({ name }) => name)).toEqual(['Start', 'Email Address List', 'Telepathy 1', 'End Step'])
    expect(layout['telepathy-1']).toMatchObject({ x: 428, y: 134 })
  })

  test('may write a text of several lines as lines', () => {
    expect(stepOf(document(sample).flow, 'email-address-list-1')?.inputs['List']).toEqual({
      kind: 'constant',
      value: 'ada@example.com\ngrace@example.com'
    })
  })

  test('may leave out everything that can be empty', () => {
    const { flow, layout } = document('{"format":"tailrace-flow","version":1,"flow":{"id":"f","name":"F"}}')
    expect(flow).toEqual({ id: 'f', name: 'F', inputs: [], outputs: [], steps: [], connections: [] })
    expect(layout).toEqual({})
  })

  test('keeps a kind of step that nobody knows, and fields that nobody knows, through reading and writing', () => {
    expect(writeFlow(document(sample))).toBe(sample)
    expect(stepOf(document(sample).flow, 'telepathy-1')).toMatchObject({ type: 'telepathy', patience: { attempts: 3 } })
  })

  test('may begin with a byte order mark and have Windows line ends', () => {
    expect(document(`\uFEFF${sample.replaceAll('\n', '\r\n')}`)).toEqual(document(sample))
  })

  test('leaves to the checker what only the checker can judge', () => {
    const { flow } = document(
      changed(({ flow: { steps, connections } }) => {
        steps.push({ ...steps[1], name: 'Twin' })
        connections.push({ from: 'start', outcome: 'Done', to: 'end-1' }, { from: 'ghost', outcome: '?', to: 'ghost' })
      })
    )
    expect(flow.steps.filter(({ id }) => id === 'email-address-list-1').map(({ name }) => name)).toEqual([
      'Email Address List',
      'Twin'
    ])
    expect(flow.connections).toHaveLength(5)
  })

  test('cannot bring along names that mean something to JavaScript', () => {
    const poisoned = sample.replace(
      '"owner": "Ada"',
      '"__proto__": { "polluted": 1 }, "constructor": { "prototype": 2 }'
    )
    const { flow } = document(poisoned)
    expect(Object.getPrototypeOf(flow)).toBe(Object.prototype)
    expect(Object.hasOwn(flow, '__proto__')).toBe(false)
    expect(Object.hasOwn(flow, 'constructor')).toBe(false)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('a file of another version', () => {
  test('is refused untouched when it is newer, with both versions in the message', () => {
    const result = readFlow(changed((file) => (file.version = currentVersion + 6)))
    expect(result).toMatchObject({ kind: 'newer', version: currentVersion + 6 })
    expect(result).toHaveProperty('message', expect.stringContaining(`version ${currentVersion + 6}`))
    expect(result).toHaveProperty('message', expect.stringContaining(`up to version ${currentVersion}`))
  })

  test.each([0, -1, 1.5, '1', null, undefined])('with the version %j is broken', (version) => {
    expect(problems(changed((file) => (file.version = version)))).toEqual([
      expect.stringContaining('“version” must be a whole number')
    ])
  })
})

describe('a broken file', () => {
  test('is told apart by what is wrong', () => {
    expect(problems('')).toEqual([expect.stringContaining('The file is empty')])
    expect(problems(' \n ')).toEqual([expect.stringContaining('The file is empty')])
    expect(problems('{}')).toEqual([expect.stringContaining('not a flow file')])
    expect(problems('[1, 2]')).toEqual([expect.stringContaining('not a flow file')])
    expect(problems('Email,Name\nada@example.com,Ada')).toEqual([
      'Line 1, column 1: expected a value, but found “E”. Mend it in a text editor, or bring back an earlier version of the file.'
    ])
    expect(problems(' '.repeat(33 * 1024 * 1024))).toEqual([expect.stringContaining('bigger than 32 MB')])
  })

  test('says line and column of an error in the JSON', () => {
    expect(problems(sample.replace('"name": "Welcome",', '"name": "Welcome"'))).toEqual([
      expect.stringContaining('Line 7, column 5: expected “,” or “}”, but found “"”.')
    ])
    expect(problems(sample.slice(0, 40))).toEqual([expect.stringContaining('but found the end of the file')])
  })

  test('in UTF-16 says so', () => {
    const utf16 = Buffer.from(`\ufeff${sample}`, 'utf16le').toString('utf8')
    expect(problems(utf16)).toEqual([expect.stringContaining('is not in UTF-8: it looks like UTF-16')])
  })

  test('with both sides of a git conflict says so, and where', () => {
    const conflict = sample.replace(
      '    "name": "Welcome",\n',
      '<<<<<<< HEAD\n    "name": "Welcome",\n=======\n    "name": "Hello",\n>>>>>>> other\n'
    )
    expect(problems(conflict)).toEqual([expect.stringContaining('git could not settle, from line 6 on')])
  })

  test('has all its problems told, each with its path', () => {
    const text = changed((file) => {
      file.flow['name'] = 7
      delete file.flow.steps[0]?.['type']
      file.flow.steps[1] = { ...file.flow.steps[1], inputs: { 'To: all': { kind: 'guess' }, B: { kind: 'select' } } }
      file.flow.connections[0] = 'start'
      file.flow['outputs'] = [{ name: 'Count', type: 'Numbre' }]
      file.layout = { start: { x: '40', y: 134 } }
    })
    expect(problems(text)).toEqual([
      '“flow.name” must be a text, but it is 7.',
      expect.stringContaining(
        '“flow.outputs[0].type” is “Numbre”, but it must be one of “Text”, “List of Text"'.slice(0, 70)
      ),
      '“flow.steps[0].type” is missing: it must be a text.',
      '“flow.steps[1].inputs["To: all"].kind” is “guess”, but it must be one of “unset”, “ignore”, “null”, “constant”, “select”, “record”, “list”, “expression”, “script”, “merge”.',
      '“flow.steps[1].inputs.B.path” is missing: it must be a text.',
      '“flow.connections[0]” must be an object in { }, but it is “start”.',
      '“layout.start.x” must be a number, but it is “40”.'
    ])
    expect(readFlow(text)).toHaveProperty('message', expect.stringContaining('And 6 more problems'))
  })

  test('says what a constant and a template must have', () => {
    const text = changed((file) => {
      file.flow.steps[1] = {
        ...file.flow.steps[1],
        inputs: { A: { kind: 'constant' }, B: { kind: 'merge', template: '', lines: [] }, C: { kind: 'merge' } }
      }
    })
    expect(problems(text)).toEqual([
      '“flow.steps[1].inputs.A” must have either “value” or “lines”.',
      '“flow.steps[1].inputs.B” must have either “template” or “lines”.',
      '“flow.steps[1].inputs.C” must have either “template” or “lines”.'
    ])
  })

  test('with numbers beyond all bounds or endless nesting is refused', () => {
    expect(problems(sample.replace('"x": 40', '"x": 1e999'))).toEqual(['The number at “layout.start.x” is too large.'])
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(problems(sample.replace('12.5', deep))).toEqual([expect.stringContaining('nested more than 100 levels')])
  })
})

describe('whatever stands in a file', { timeout: 30_000 }, () => {
  test('cut off anywhere, it is never taken for a flow', () => {
    const text = sample.trimEnd()
    for (let end = 0; end < text.length; end++) expect(readFlow(text.slice(0, end)).kind).toBe('broken')
  })

  test('with single bits turned over, reading never throws', () => {
    const bytes = new TextEncoder().encode(sample)
    return holds(
      'flow files with bits turned over',
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (index, bit) => {
        const copy = bytes.slice()
        copy[index] = (copy[index] ?? 0) ^ (1 << bit)
        const result = readFlow(new TextDecoder().decode(copy))
        if (result.kind === 'ok') writeFlow(result.document)
        else expect(result.message).not.toBe('')
      }),
      { runs: 3_000 }
    )
  })

  test('any JSON in settings, constants and unknown fields is read, written and read alike', () => {
    return holds(
      'any JSON in flow files',
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (settings, value) => {
        const step = {
          id: 's',
          type: 't',
          name: 'S',
          settings,
          inputs: { A: { kind: 'constant', value } },
          more: value
        }
        const flow = { id: 'f', name: 'F', steps: [step], more: settings }
        const read = document(JSON.stringify({ format: 'tailrace-flow', version: 1, flow, more: value }))
        expect(stepOf(read.flow, 's')?.inputs['A']).toHaveProperty('value')
        expect(document(writeFlow(read))).toEqual(read)
      }),
      { runs: 500 }
    )
  })
})
