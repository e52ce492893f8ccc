// Runs other programs: to the end, with our signals passed on, with or without their output on the screen.
import { spawn } from 'node:child_process'
import os from 'node:os'
import { root } from './project.mjs'

/**
 * @typedef {object} Options
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string | undefined} [cwd] the project by default
 * @property {boolean} [quiet] keep the output instead of showing it
 * @property {number} [minutes] after which it is stopped, with all it has started
 */

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * @param {string} command @param {string[]} args @param {Options} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { env = process.env, cwd = root, quiet = false, minutes } = {}) {
  return new Promise((resolve, reject) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit'
    // A limit must reach the grandchildren too (xvfb-run starts several), so then the child leads a group of its own.
    const child = spawn(command, args, { env, cwd, stdio, detached: minutes !== undefined })
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text))

    /** @type {NodeJS.Signals | undefined} */
    let told
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      told = signal
      if (minutes === undefined || child.pid === undefined) child.kill(signal)
      else killGroup(child.pid, signal)
    }
    for (const signal of signals) process.on(signal, pass)
    const limit = minutes && setTimeout(stop, minutes * 60_000)
    function stop() {
      console.error(`${command} did not end within ${minutes} minutes and is stopped.`)
      if (child.pid === undefined) return
      killGroup(child.pid, 'SIGTERM')
      setTimeout(killGroup, 5_000, child.pid, 'SIGKILL').unref()
    }

    const done = () => {
      clearTimeout(limit)
      for (const signal of signals) process.off(signal, pass)
    }
    child.on('error', (error) => {
      done()
      reject(new Error(`${command} could not be started: ${error.message}`, { cause: error }))
    })
    child.on('close', (code, signal) => {
      done()
      // Whoever told us to end meant all of us, not only the child.
      if (told) process.exit(128 + os.constants.signals[told])
      resolve({ code: code ?? 128 + os.constants.signals[signal ?? 'SIGTERM'], output })
    })
  })
}

/** @param {string} script @param {string[]} [args] @param {Options} [options] */
export const runNode = (script, args = [], options = {}) => run(process.execPath, [script, ...args], options)

/** @param {number} pid @param {NodeJS.Signals} signal */
function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // All of it has ended already.
  }
}

/** The sentence of an error, for the end of a script. @param {unknown} error */
export function fail(error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
