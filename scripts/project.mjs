// Where the project is, and what its package.json says.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** A path inside the project. @param {string[]} parts */
export const at = (...parts) => path.join(root, ...parts)

/** @type {{ name: string, productName: string, version: string, description: string, author: string, license: string, devDependencies: { electron: string } }} */
export const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8'))

/** A tool installed by npm, to be run with this Node: no shell, no PATH. @param {string} name of the package @param {string} [bin] */
export function tool(name, bin = name) {
  const file = at('node_modules', name, 'package.json')
  if (!existsSync(file)) throw new Error(`"${name}" is not installed. Run \`npm ci\` in ${root} first.`)
  const declared = JSON.parse(readFileSync(file, 'utf8')).bin
  return at('node_modules', name, typeof declared === 'string' ? declared : declared[bin])
}
