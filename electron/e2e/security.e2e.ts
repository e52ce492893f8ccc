import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepFailures } from './keepFailures.ts'
import { type OpenStudio, openStudio } from './openStudio.ts'

describe('The window of the studio', () => {
  let studio: OpenStudio
  let page: Page

  beforeAll(async () => {
    studio = await openStudio()
    page = studio.page
  })

  afterAll(() => studio.remove())

  keepFailures(() => studio)

  it('is sandboxed and has nothing of Node', async () => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer']
    expect(await page.evaluate((all) => all.filter((name) => name in globalThis), names)).toEqual([])
    expect(await page.evaluate(() => Object.keys(window.studio).sort())).toEqual(['on', 'platform', 'request'])
    const preferences = await studio.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      // Electron does not list it in its types, but this is what the window really got.
      const ask: unknown = window && Reflect.get(window.webContents, 'getLastWebPreferences')
      const got: unknown = typeof ask === 'function' && Reflect.apply(ask, window?.webContents, [])
      const names = ['sandbox', 'contextIsolation', 'nodeIntegration', 'webSecurity', 'webviewTag']
      return got ? Object.fromEntries(Object.entries(got).filter(([name]) => names.includes(name))) : undefined
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false
    })
    expect(preferences).not.toMatchObject({ webSecurity: false })
  })

  it('runs no inline script and no text as code', async () => {
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'document.documentElement.dataset.ran = "inline"'
      document.body.append(script)
      const element = document.createElement('button')
      element.setAttribute('onclick', 'document.documentElement.dataset.ran = "handler"')
      document.body.append(element)
      element.click()
      element.remove()
      script.remove()
      // From a timer, since what the test calls directly is excused from the policy.
      const asCode = await new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(typeof new Function('return 1'))
          } catch (error) {
            resolve(error instanceof Error ? error.name : error)
          }
        })
      })
      return { ran: document.documentElement.dataset['ran'], asCode }
    })
    expect(ran).toEqual({ ran: undefined, asCode: 'EvalError' })
  })

  it('takes no style from an attribute and none from an inline sheet', async () => {
    const colours = await page.evaluate(() => {
      const element = document.createElement('p')
      element.setAttribute('style', 'color: rgb(1, 2, 3)')
      const sheet = document.createElement('style')
      sheet.textContent = 'p { background-color: rgb(4, 5, 6) !important }'
      document.body.append(element, sheet)
      const { color, backgroundColor } = getComputedStyle(element)
      element.remove()
      sheet.remove()
      return [color, backgroundColor]
    })
    expect(colours[0]).not.toBe('rgb(1, 2, 3)')
    expect(colours[1]).not.toBe('rgb(4, 5, 6)')
  })

  it('reaches nothing but its own pages', async () => {
    const addresses = ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/hostname', 'app://other/index.html']
    const reached = await page.evaluate(async (all) => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        violations.push(effectiveDirective)
      )
      const answers = await Promise.all(
        all.map((address) =>
          fetch(address).then(
            ({ status }) => `${address} ${status}`,
            () => 'blocked'
          )
        )
      )
      const inside = await fetch('app://studio/%2e%2e/main/index.js')
      await new Promise((resolve) => setTimeout(resolve, 100))
      return { answers, violations, inside: inside.status }
    }, addresses)
    expect(reached).toEqual({
      answers: addresses.map(() => 'blocked'),
      violations: addresses.map(() => 'connect-src'),
      inside: 404
    })
  })

  it('embeds no foreign page, opens no window and goes nowhere', async () => {
    await studio.app.evaluate(({ shell }) => {
      Object.assign(globalThis, { opened: [] })
      shell.openExternal = (url) => {
        Reflect.set(globalThis, 'opened', [url])
        return Promise.resolve()
      }
    })
    const windows = await page.evaluate(() =>
      ['https://example.com/help', 'http://example.com/', 'file:///etc/hostname', 'app://studio/index.html'].map(
        (url) => window.open(url) === null
      )
    )
    expect(windows).toEqual([true, true, true, true])
    for (const address of ['https://example.com/', 'file:///etc/hostname', 'data:text/html,hello'])
      await page.evaluate(async (to) => {
        location.href = to
        const link = document.createElement('a')
        link.href = to
        document.body.append(link)
        link.click()
        link.remove()
        await new Promise((resolve) => setTimeout(resolve, 150))
      }, address)
    const framed = await page.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.src = 'https://example.com/'
      const blocked = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective))
      })
      document.body.append(frame)
      const directive = await blocked
      frame.remove()
      return directive
    })
    expect(framed).toBe('frame-src')
    // By hand: Playwright's locators go on waiting for the navigation that never happens.
    const here = await page.evaluate(() => [
      location.href,
      document.querySelector('[aria-label="Designer Folder"]')?.checkVisibility()
    ])
    expect(here).toEqual(['app://studio/index.html', true])
    expect(await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    // Nothing is handed to the browser either.
    expect(await studio.app.evaluate((): unknown => Reflect.get(globalThis, 'opened'))).toEqual([])
  })

  it.each([
    ['an absolute path', 'flow:read', '/etc/passwd'],
    ['a path that leads out of the folder', 'flow:read', '../outside.flow.json'],
    ['a drive', 'flow:read', 'C:\\Windows\\win.ini'],
    ['a new folder outside', 'folder:create', '../outside'],
    ['a mail that is no mail of the run', 'outbox:read', '../../passwd'],
    ['a name that is a record', 'flow:duplicate', { path: 'a' }]
  ])('is refused %s with a sentence', async (_what, name, argument) => {
    const reply = await ask(name, argument)
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    expect(JSON.stringify(reply)).toContain(`The studio's window sent a request “${name}” that does not make sense`)
  })

  it('is told when it asks for what there is not', async () => {
    expect(await ask('shell:run', 'reboot')).toBe('The studio knows no request "shell:run".')
    expect(await ask('__proto__')).toBe('The studio knows no request "__proto__".')
    const listening = await page.evaluate(() => {
      try {
        Reflect.apply(window.studio.on, window.studio, ['anything', () => undefined])
        return 'heard'
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    })
    expect(listening).toBe('The studio knows no event "anything".')
  })

  /** The answer to a request that the types would not allow; or the message, when there is none. */
  function ask(name: string, ...args: unknown[]): Promise<unknown> {
    return page.evaluate(
      async ([request, given]) => {
        const asked: unknown = Reflect.apply(window.studio.request, window.studio, [request, ...given])
        return Promise.resolve(asked).catch((error: unknown) =>
          error instanceof Error ? error.message : String(error)
        )
      },
      [name, args] as const
    )
  }
})
