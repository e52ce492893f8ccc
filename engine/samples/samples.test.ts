import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runSample } from './runSample.ts'
import { readSample } from './sample.ts'
import { samplesPage } from './samplesPage.ts'

// UPDATE_SAMPLES=1 writes what the engine does as what it should do: read every difference before keeping it.
const update = process.env['UPDATE_SAMPLES'] === '1'
const folder = import.meta.dirname
const names = fs
  .readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
const samples = names.map((name) => readSample(path.join(folder, name)))

describe('Behaviour by example', () => {
  it.each(samples)('$name', async (sample) => {
    const file = path.join(folder, sample.name, 'journal.json')
    const { lines, run, reply, settled } = await runSample(sample)
    if (update) fs.writeFileSync(file, `${JSON.stringify(lines, null, 2)}\n`)
    expect(lines).toEqual(JSON.parse(fs.readFileSync(file, 'utf8')))
    // What the caller was told and what the journal tells are the same thing.
    if (!run) return
    expect(settled?.state).toBe(run.settled?.state)
    expect(run.threads.filter(({ end }) => end === undefined)).toEqual([])
    expect(run.visits.filter(({ state }) => state === 'running')).toEqual([])
    expect(lines.filter((line) => line.startsWith('RunSettled'))).toHaveLength(1)
    expect(lines.at(-1)).toMatch(/^RunSettled/)
    const main = run.threads[0]
    if (reply?.kind === 'replied') expect(run.reply).toMatchObject({ outcome: reply.outcome, outputs: reply.outputs })
    else expect(main?.end).toBe(reply?.kind)
  })

  it('has an index page that is up to date', () => {
    const file = path.join(folder, 'README.md')
    const page = samplesPage(samples)
    if (update) fs.writeFileSync(file, page)
    expect(fs.readFileSync(file, 'utf8')).toBe(page)
  })

  it('covers the engine: 120 samples or more', () => {
    expect(samples.length).toBeGreaterThanOrEqual(120)
  })
})
