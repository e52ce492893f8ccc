import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../host/files/temporaryFolder.ts'
import type { Flow, ValueType } from '../../index.ts'
import { readInputs } from './readInputs.ts'

const flowWith = (type: ValueType): Flow => ({
  id: 'f',
  name: 'F',
  inputs: [{ name: 'V', type }],
  outputs: [],
  steps: [],
  connections: []
})

const read = async (type: ValueType, ...texts: readonly string[]): Promise<unknown> =>
  (await readInputs(flowWith(type), { input: texts.map((text) => `V=${text}`), inputs: undefined })).V

describe('an input on the command line', () => {
  it.each<[ValueType, string, unknown]>([
    ['Text', 'Ada', 'Ada'],
    ['Text', '12', '12'],
    ['Text', '"Ada"', 'Ada'],
    ['Text', '[News] of today', '[News] of today'],
    ['Text', '"Hello", she said', '"Hello", she said'],
    ['Number', '12.5', 12.5],
    ['Boolean', 'true', true],
    ['Date', '2024-03-05', '2024-03-05'],
    ['Date', '{"$type":"Date","iso":"2024-03-05T00:00:00.000Z"}', { $type: 'Date', iso: '2024-03-05T00:00:00.000Z' }],
    ['List of Number', '[1, 2]', [1, 2]],
    ['List of Number', '1', 1],
    ['List of Text', 'one', 'one'],
    ['List of Email', 'a@example.com, b@example.com', 'a@example.com, b@example.com'],
    ['Record', '{"City": "Oslo"}', { City: 'Oslo' }],
    ['Any', 'plain', 'plain'],
    ['Number', 'null', null]
  ])('of the type %s, written %s', async (type, text, value) => {
    expect(await read(type, text)).toEqual(value)
  })

  it.each<[ValueType, string, string]>([
    ['Number', 'twelve', 'Write it as in --input V=12.5.'],
    ['Number', '1e400', 'holds a number that is too large'],
    ['Any', '[1, -1e400]', 'holds a number that is too large'],
    ['Boolean', 'yes', 'Write it as in --input V=true.'],
    ['Date', '5.3.2024', 'Write it as in --input V=2026-03-05.'],
    ['Email', 'nonsense', 'it has no @'],
    ['List of Number', '[1, "two"]', 'a list of 2 whose item 2 is the text “two”'],
    ['Record', '{"a":', 'begins as JSON and is none: at character 6, a value should stand'],
    ['Record', 'Oslo', `Write it as in --input 'V={"City": "Oslo"}'.`],
    ['Any', '[1,', 'begins as JSON and is none'],
    ['Any', `${'['.repeat(5000)}${']'.repeat(5000)}`, 'is nested more than 100 levels deep']
  ])('of the type %s refuses %s', async (type, text, sentence) => {
    await expect(read(type, text)).rejects.toThrow(sentence)
  })

  it('is refused when it is given twice, or not known', async () => {
    await expect(read('Text', 'a', 'b')).rejects.toThrow('The input “V” was given twice.')
    const given = { input: ['Vv=1'], inputs: undefined }
    await expect(readInputs(flowWith('Text'), given)).rejects.toThrow('has no input “Vv”. Did you mean “V”?')
  })

  it('is refused without a name', async () => {
    const given = { input: ['nothing'], inputs: undefined }
    await expect(readInputs(flowWith('Text'), given)).rejects.toThrow('Write it as --input NAME=VALUE')
  })

  it('comes from a file too, and goes before it', async () => {
    const file = path.join(await temporaryFolder(), 'inputs.json')
    await writeFile(file, '{"V": 1}')
    expect(await readInputs(flowWith('Number'), { input: [], inputs: file })).toEqual({ V: 1 })
    expect(await readInputs(flowWith('Number'), { input: ['V=2'], inputs: file })).toEqual({ V: 2 })
    await writeFile(file, '[1]')
    await expect(readInputs(flowWith('Number'), { input: [], inputs: file })).rejects.toThrow(
      'does not hold the inputs'
    )
    await writeFile(file, '{"V": 1')
    await expect(readInputs(flowWith('Number'), { input: [], inputs: file })).rejects.toThrow('is none: at character 8')
    await expect(readInputs(flowWith('Number'), { input: [], inputs: `${file}x` })).rejects.toThrow('it does not exist')
  })
})
