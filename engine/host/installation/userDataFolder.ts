import os from 'node:os'
import path from 'node:path'

/** Where Tailrace keeps the things of this person: the studio and the command line share it. TAILRACE_USER_DATA names another place. */
export function userDataFolder(env: NodeJS.ProcessEnv): string {
  return env.TAILRACE_USER_DATA ?? path.join(settingsHome(env), 'Tailrace')
}

function settingsHome(env: NodeJS.ProcessEnv): string {
  const home = os.homedir()
  if (process.platform === 'win32') return env.APPDATA ?? path.join(home, 'AppData', 'Roaming')
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  return env.XDG_CONFIG_HOME ?? path.join(home, '.config')
}
