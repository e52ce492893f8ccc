import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { functionPage } from '../../engine/expression/index.ts'
import { builtInSteps } from '../../engine/index.ts'
import { stepIndex } from './stepIndex.ts'
import { stepPage } from './stepPage.ts'

const folder = '../../docs'

describe('the pages in docs/ are current (write them anew with: npm run docs)', () => {
  test.each(builtInSteps.map((definition) => ({ page: `${definition.type}.md`, definition })))(
    'steps/$page',
    async ({ page, definition }) => {
      await expect(stepPage(definition)).toMatchFileSnapshot(`${folder}/steps/${page}`)
    }
  )

  test('steps/README.md', async () => {
    await expect(stepIndex(builtInSteps)).toMatchFileSnapshot(`${folder}/steps/README.md`)
  })

  test('expressions.md', async () => {
    await expect(functionPage()).toMatchFileSnapshot(`${folder}/expressions.md`)
  })

  test('and no others lie about', () => {
    const pages = new Set([...builtInSteps.map(({ type }) => `${type}.md`), 'README.md'])
    const there = readdirSync(new URL(`${folder}/steps/`, import.meta.url))
    expect(there.filter((page) => !pages.has(page))).toEqual([])
  })
})
