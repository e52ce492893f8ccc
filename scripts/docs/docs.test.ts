import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { functionPage } from '../../engine/expression/index.ts'
import { builtInSteps } from '../../engine/index.ts'
import { commands } from '../../engine/cli/index.ts'
import { commandPage } from './commandPage.ts'
import { manPage } from './manPage.ts'
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

  test('command-line.md', async () => {
    await expect(commandPage(commands)).toMatchFileSnapshot(`${folder}/command-line.md`)
  })

  test('the manual page', async () => {
    await expect(manPage(commands)).toMatchFileSnapshot('../../resources/linux/tailrace.1')
  })

  test('the installed command takes a command for one, also where a file is called so', () => {
    const launcher = readFileSync(new URL('../../resources/linux/tailrace', import.meta.url), 'utf8')
    const names = /case "\$1" in ([a-z| -]+) \) ;;/.exec(launcher)?.[1]?.split(' | ')
    expect(names).toEqual([...commands.map(({ name }) => name), 'help'])
  })

  test('and no others lie about', () => {
    const pages = new Set([...builtInSteps.map(({ type }) => `${type}.md`), 'README.md'])
    const there = readdirSync(new URL(`${folder}/steps/`, import.meta.url))
    expect(there.filter((page) => !pages.has(page))).toEqual([])
  })
})
