// Can Chromium build its sandbox here? It wants either user namespaces or its helper owned by root with mode 4755.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'

/** One line when Electron would refuse to start with its sandbox on; undefined when all is well. @param {string} dist */
export function sandboxProblem(dist) {
  if (process.platform !== 'linux') return undefined
  if (process.getuid?.() === 0) return 'Running as root: the Chromium sandbox is off (--no-sandbox).'
  if (helperIsSetuid(dist) || userNamespacesWork()) return undefined
  return 'This system lets ordinary users make no user namespaces: the Chromium sandbox is off (--no-sandbox).'
}

/** @param {string} dist */
function helperIsSetuid(dist) {
  try {
    const helper = statSync(path.join(dist, 'chrome-sandbox'))
    return helper.uid === 0 && (helper.mode & 0o4755) === 0o4755
  } catch {
    return false
  }
}

/** Does what Chromium does: a new user namespace with this user mapped into it. */
function userNamespacesWork() {
  return spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' }).status === 0
}
