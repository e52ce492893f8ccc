import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe-core finds serious or critical on the screen, one line each with the places. It works in a world of its own
 * beside the page, as an extension of the browser would, so that the page keeps its content security policy.
 */
export async function barriers(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page)
  try {
    const { frameTree } = await devtools.send('Page.getFrameTree')
    const world = await devtools.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' })
    const contextId = world.executionContextId
    await devtools.send('Runtime.evaluate', { contextId, expression: axe })
    const answer = await devtools.send('Runtime.evaluate', {
      contextId,
      expression: `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify({ violations }))`,
      awaitPromise: true,
      returnByValue: true
    })
    if (answer.exceptionDetails) throw new Error(`axe-core failed: ${JSON.stringify(answer.exceptionDetails)}`)
    const { violations } = JSON.parse(String(answer.result.value)) as Pick<AxeResults, 'violations'>
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, help, nodes }) =>
          `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')} ${node.failureSummary ?? ''}`).join('\n')}`
      )
  } finally {
    await devtools.detach()
  }
}
