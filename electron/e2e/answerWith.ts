import { z } from 'zod'
import type { OpenStudio } from './openStudio.ts'

/** The studio's questions are windows of the system, which no test can click: from now on this button answers them. */
export async function answerWith({ app }: OpenStudio, button: string): Promise<void> {
  await app.evaluate(({ dialog }, wanted) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    Object.assign(dialog, {
      showMessageBox: (_window: unknown, { message, buttons }: Electron.MessageBoxOptions) => {
        asked.push(message)
        const response = buttons?.indexOf(wanted) ?? -1
        if (response < 0) throw new Error(`There is no button “${wanted}” among ${String(buttons)}.`)
        return Promise.resolve({ response, checkboxChecked: false })
      }
    })
  }, button)
}

/** What has been asked since `answerWith`. */
export async function questions({ app }: OpenStudio): Promise<string[]> {
  const asked: unknown = await app.evaluate((): unknown => Reflect.get(globalThis, 'asked'))
  return z.array(z.string()).parse(asked)
}
