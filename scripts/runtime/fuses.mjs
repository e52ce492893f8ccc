// Electron's fuses: switches in the program file itself, one byte each after a sentinel.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')

/** In the order of fuse wire version 1. */
const names = /** @type {const} */ ([
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges'
])
/** @typedef {(typeof names)[number]} Fuse */

const states = /** @type {Record<string, string>} */ ({ 0: 'off', 1: 'on', r: 'removed' })

/** Where the wire starts, and how many fuses it has. @param {Buffer} program @param {string} file */
function wireOf(program, file) {
  const at = program.indexOf(sentinel)
  const start = at + sentinel.length
  if (at < 0 || program[start] !== 1)
    throw new Error(`${file} has no fuse wire of version 1: is it an Electron program?`)
  return { start: start + 2, length: program[start + 1] ?? 0 }
}

/** @param {string} file @param {Partial<Record<Fuse, boolean>>} wanted */
export function setFuses(file, wanted) {
  const { start, length } = wireOf(readFileSync(file), file)
  const program = openSync(file, 'r+')
  try {
    for (const [name, on] of Object.entries(wanted)) {
      const index = names.indexOf(/** @type {Fuse} */ (name))
      if (index < 0 || index >= length) throw new Error(`${file} has no fuse "${name}".`)
      writeSync(program, on ? '1' : '0', start + index)
    }
  } finally {
    closeSync(program)
  }
}

/** What the file says now. @param {string} file @returns {Partial<Record<Fuse, string>>} */
export function readFuses(file) {
  const program = readFileSync(file)
  const { start, length } = wireOf(program, file)
  const wire = program.toString('latin1', start, start + length)
  return Object.fromEntries(names.slice(0, length).map((name, i) => [name, states[wire.charAt(i)] ?? '?']))
}
