import embedded from '@jitl/quickjs-singlefile-cjs-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule
} from 'quickjs-emscripten-core'
import { cleanResult } from './cleanResult.ts'
import { prelude } from './prelude.ts'
import { describeThrown } from './describeThrown.ts'
import type { ScriptJob, ScriptNotice } from './scriptJob.ts'

/** Runs one script to its end. Never throws. */
export type Sandbox = (job: ScriptJob) => ScriptNotice

const page = 65_536
/** What a script may use for its data, in bytes. */
const memoryLimit = 64 * 1024 * 1024
/** Typed arrays escape that limit: this one, of the whole machine, they do not. */
const machineMemory = { initial: (16 * 1024 * 1024) / page, maximum: (96 * 1024 * 1024) / page }
/** The machine keeps what it has got; with more than this it is better made anew. */
const worthKeeping = 32 * 1024 * 1024
/** Enough for a few thousand nested calls. The worker's own stack must be many times larger: see scriptRunner.ts. */
const stackLimit = 256 * 1024

/** Loads the JavaScript engine. Each script gets a runtime of its own, and no way to reach anything outside of it. */
export async function openSandbox(): Promise<Sandbox> {
  const machine = await newQuickJSWASMModuleFromVariant(
    newVariant(unwrapped(embedded), { wasmMemory: new WebAssembly.Memory(machineMemory) })
  )
  return (job) => {
    try {
      return runIn(machine, job)
    } catch (error) {
      // The engine inside has given up in the middle of something.
      const why = error instanceof RangeError ? 'recursion' : 'memory'
      return { kind: 'failed', why, spent: true }
    }
  }
}

/** As CommonJS the package's default export is wrapped once more. */
function unwrapped<T extends object>(module: T | { readonly default: T }): T {
  return 'default' in module ? module.default : module
}

function runIn(machine: QuickJSWASMModule, { source, data, now, seed, deadline }: ScriptJob): ScriptNotice {
  const end = performance.now() + deadline
  const runtime = machine.newRuntime({
    memoryLimitBytes: memoryLimit,
    maxStackSizeBytes: stackLimit,
    interruptHandler: () => performance.now() >= end
  })
  const context = runtime.newContext()
  const ended = evaluate(context, source, data, `(${prelude})(${String(now)}, ${String(seed)})`)
  const size = machine.getWasmMemory().buffer.byteLength
  const notice = trueReason(ended, performance.now() >= end, size >= memoryLimit)
  const spent = size > worthKeeping || (notice.kind === 'failed' && notice.why !== 'thrown')
  if (!spent) {
    context.dispose()
    runtime.dispose()
  }
  return { ...notice, spent }
}

/** What a script threw while it was being stopped says nothing, nor does an error for which there was no memory left. */
function trueReason(ended: Outcome, late: boolean, full: boolean): Outcome {
  if (ended.kind !== 'failed') return ended
  if (late) return { kind: 'failed', why: 'timeout' }
  const mute = ended.why === 'thrown' && (ended.message === '' || ended.message === 'null')
  return full && mute ? { kind: 'failed', why: 'memory' } : ended
}

type Outcome = ScriptNotice extends infer N ? (N extends { spent: boolean } ? Omit<N, 'spent'> : never) : never

function evaluate(context: QuickJSContext, source: string, data: string, made: string): Outcome {
  const tools = context.unwrapResult(context.evalCode(made, 'prelude'))
  const take = context.getProp(tools, 0)
  const give = context.getProp(tools, 1)
  const json = context.newString(data)
  const none = context.undefined
  const handles: QuickJSHandle[] = [tools, take, give, json]
  try {
    const taken = context.callFunction(take, none, json)
    if (taken.error) return failed(context, taken.error)
    taken.value.dispose()
    let result = context.evalCode(source, 'script', { strict: true })
    if (result.error && isReturnOutside(context, result.error)) {
      result.error.dispose()
      result = context.evalCode(`(function () {${source}\n})()`, 'script', { strict: true })
    }
    if (result.error) return failed(context, result.error)
    handles.push(result.value)
    const given = context.callFunction(give, none, result.value)
    if (given.error) return failed(context, given.error)
    handles.push(given.value)
    switch (context.typeof(given.value)) {
      case 'string':
        return cleanResult(context.getString(given.value))
      case 'boolean':
        return { kind: 'failed', why: 'promise' }
      default:
        return { kind: 'returned', value: null }
    }
  } finally {
    for (const handle of handles) handle.dispose()
  }
}

function isReturnOutside(context: QuickJSContext, error: QuickJSHandle): boolean {
  const thrown: unknown = context.dump(error)
  return describeThrown(thrown).message === 'SyntaxError: return not in a function'
}

function failed(context: QuickJSContext, error: QuickJSHandle): Outcome {
  const thrown: unknown = context.dump(error)
  error.dispose()
  return { kind: 'failed', ...describeThrown(thrown) }
}
