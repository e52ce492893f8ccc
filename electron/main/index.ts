/** The desktop program, from the first moment to the open window. */
import { join } from 'node:path'
import { app } from 'electron'
import { commandLineArguments } from './cli.ts'
import { registerStudioScheme } from './protocol.ts'
import { securePages } from './security.ts'
import { type SecondStart, folderArgument } from './startArguments.ts'
import { openStudio } from './studio.ts'

const commandLine = commandLineArguments(process.argv)
if (commandLine) {
  const { runCli } = await import('../../engine/cli/index.ts')
  app.exit(await runCli(commandLine))
} else {
  app.setPath('userData', process.env.TAILRACE_USER_DATA ?? join(app.getPath('appData'), app.getName()))
  registerStudioScheme()
  securePages()
  const start: SecondStart = { folder: folderArgument(process.argv, process.cwd(), app.getAppPath()) }
  if (app.requestSingleInstanceLock({ ...start })) void app.whenReady().then(openStudio)
  else app.quit()
}
