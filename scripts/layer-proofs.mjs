// Proves every layer rule: plants one violation of each in a throw-away tree and looks whether exactly that rule fires.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { cruise } from 'dependency-cruiser'
import { root } from './project.mjs'

/** @type {{ forbidden: import('dependency-cruiser').IForbiddenRuleType[], options: object }} */
const rules = createRequire(import.meta.url)(path.join(root, '.dependency-cruiser.cjs'))

/** What there is to import: an innocent little Tailrace. @type {Record<string, string>} */
const innocent = {
  'engine/index.ts': `export * from './model/index.ts'`,
  'engine/model/index.ts': `export * from './flow.ts'`,
  'engine/model/flow.ts': `export interface Flow { name: string }\nexport const flow: Flow = { name: '' }`,
  'engine/model/about.ts': `export const about = ''`,
  'engine/model/round.ts': `import { about } from './about.ts'\nexport const round = about`,
  'engine/model/flow.test.ts': `import { run } from '../run/run.ts'\nimport 'node:fs'\nexport const tested = run`,
  'engine/messages/messages.ts': `export const message = ''`,
  'engine/expression/index.ts': `export * from './parse.ts'`,
  'engine/mapping/index.ts': `export * from './kinds.ts'`,
  'engine/mapping/kinds.ts': `import { parse } from '../expression/index.ts'\nexport const kinds = [parse]`,
  'engine/expression/parse.ts': `import { flow } from '../model/index.ts'\nexport const parse = flow`,
  'engine/steps/wait.ts': `import { z } from 'zod'\nimport { flow } from '../model/index.ts'\nexport const wait = [flow, z]`,
  'engine/run/index.ts': `export * from './run.ts'`,
  'engine/run/run.ts': `import { kinds } from '../mapping/index.ts'\nexport const run = kinds`,
  'engine/run/moves/move.ts': `export const move = 0`,
  'engine/run/queue/drain.ts': `import { move } from '../moves/move.ts'\nexport const drain = move`,
  'engine/debug/session.ts': `import { run } from '../run/index.ts'\nexport const session = run`,
  'engine/file/read.ts': `import { flow } from '../model/index.ts'\nexport const read = flow`,
  'engine/host/index.ts': `import 'node:fs'\nimport { run } from '../run/index.ts'\nexport const host = run`,
  'engine/cli/index.ts': `import { host } from '../host/index.ts'\nexport const cli = host`,
  'electron/ipc/contract.ts': `import type { Flow } from '../../engine/index.ts'\nexport type Request = Flow\nexport const none = 0`,
  'electron/main/index.ts': `import { app } from 'electron'\nimport type { Ask } from '../runner/index.ts'\nexport const main: Ask = app`,
  'electron/runner/index.ts': `import { host } from '../../engine/host/index.ts'\nexport type Ask = unknown\nexport const runner = host`,
  'electron/preload/index.ts': `import { contextBridge } from 'electron'\nexport const preload = contextBridge`,
  'renderer/main.ts': `import type { Request } from '../electron/ipc/contract.ts'\nexport type Main = Request`,
  'renderer/ui/Tree.svelte': `<script lang="ts">import Tree from './Tree.svelte'; Tree</script>`,
  'renderer/canvas/Canvas.svelte': `<script lang="ts">import { session } from '../editor/session.svelte.ts'; session</script>`,
  'renderer/toolbox/Toolbox.svelte': `<script lang="ts">import { flow } from '../../engine/index.ts'; flow</script>`,
  'renderer/editor/commands.ts': `import { flow } from '../../engine/index.ts'\nexport const commands = flow`,
  'renderer/editor/session.svelte.ts': `import { tick } from 'svelte'\nimport { commands } from './commands.ts'\nexport const session = [tick, commands]`
}

/** Rule, the file that breaks it, and how. @type {[rule: string, file: string, text: string][]} */
const violations = [
  ['no-cycles', 'engine/model/about.ts', `import './round.ts'\nexport const about = 1`],
  ['tests-are-leaves', 'engine/model/leaning.ts', `import './flow.test.ts'`],
  ['engine-stands-alone', 'engine/host/window.ts', `import { main } from '../../electron/main/index.ts'\nmain`],
  [
    'engine-front-doors',
    'electron/main/back-door.ts',
    `import type { Flow } from '../../engine/model/flow.ts'\nexport type F = Flow`
  ],
  ['engine-door-is-pure', 'engine/all.ts', `export * from './host/index.ts'`],
  ['engine-parts-avoid-the-door', 'engine/file/door.ts', `import '../index.ts'`],
  ['model-is-lowest', 'engine/model/upward.ts', `import type {} from '../expression/index.ts'`],
  ['mapping-knows-model-and-expressions', 'engine/mapping/upward.ts', `import '../run/index.ts'`],
  ['edit-knows-model-and-mappings', 'engine/edit/upward.ts', `import '../expression/index.ts'`],
  ['check-runs-nothing', 'engine/check/upward.ts', `import '../run/index.ts'`],
  ['rooms-have-one-door', 'engine/steps/back-door.ts', `import '../model/flow.ts'`],
  ['expression-knows-the-model-only', 'engine/expression/upward.ts', `import '../run/index.ts'`],
  ['steps-know-model-and-mappings', 'engine/steps/upward.ts', `import '../run/index.ts'`],
  ['files-know-model-and-mappings', 'engine/file/upward.ts', `import '../steps/wait.ts'`],
  ['run-is-given-definitions', 'engine/run/upward.ts', `import '../steps/wait.ts'`],
  ['run-state-is-data', 'engine/run/state/upward.ts', `import '../moves/move.ts'`],
  ['run-moves-know-no-queue', 'engine/run/moves/upward.ts', `import '../queue/drain.ts'`],
  ['debug-sits-on-run', 'engine/debug/upward.ts', `import '../steps/wait.ts'`],
  ['engine-without-node', 'engine/steps/node.ts', `import 'node:fs'`],
  ['engine-core-without-packages', 'engine/run/package.ts', `import { z } from 'zod'\nz`],
  ['engine-short-list-of-packages', 'engine/steps/package.ts', `import mail from 'nodemailer'\nmail`],
  ['cli-is-on-top', 'engine/host/upward.ts', `import '../cli/index.ts'`],
  [
    'electron-without-renderer',
    'electron/main/window.ts',
    `import type { Main } from '../../renderer/main.ts'\nexport type M = Main`
  ],
  ['main-and-runner-are-two-processes', 'electron/main/runner.ts', `import '../runner/index.ts'`],
  ['preload-is-thin', 'electron/preload/thick.ts', `import '../../engine/index.ts'`],
  [
    'contract-is-types-only',
    'electron/ipc/contract.ts',
    `import { flow } from '../../engine/index.ts'\nexport type Request = typeof flow`
  ],
  [
    'renderer-sees-only-the-contract',
    'renderer/shell/main.ts',
    `import type { Ask } from '../../electron/runner/index.ts'\nexport type A = Ask`
  ],
  [
    'renderer-takes-types-of-the-contract',
    'renderer/shell/contract.ts',
    `import { none } from '../../electron/ipc/contract.ts'\nnone`
  ],
  ['renderer-without-engine-host', 'renderer/shell/host.ts', `import { host } from '../../engine/host/index.ts'\nhost`],
  ['renderer-without-node', 'renderer/shell/Node.svelte', `<script lang="ts">import fs from 'node:fs'; fs</script>`],
  ['renderer-without-electron', 'renderer/shell/electron.ts', `import { shell } from 'electron'\nshell`],
  [
    'panels-do-not-know-each-other',
    'renderer/toolbox/Other.svelte',
    `<script lang="ts">import Canvas from '../canvas/Canvas.svelte'; Canvas</script>`
  ],
  ['editor-without-pictures', 'renderer/editor/pictures.ts', `import { tick } from 'svelte'\ntick`],
  ['editor-knows-no-panel', 'renderer/editor/panel.ts', `import type {} from '../shell/main.ts'`],
  [
    'ui-knows-no-flows',
    'renderer/ui/Flow.svelte',
    `<script lang="ts">import { flow } from '../../engine/index.ts'; flow</script>`
  ]
]

/** Which rules each file breaks. @param {Record<string, string>} files */
async function broken(files) {
  const tree = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tailrace-layers-')))
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
      writeFileSync(path.join(tree, file), `${text}\n`)
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'), 'junction')
    const { output } = await cruise(['engine', 'electron', 'renderer'], {
      ...rules.options,
      baseDir: tree,
      validate: true,
      ruleSet: { forbidden: rules.forbidden }
    })
    if (typeof output === 'string') throw new Error('dependency-cruiser answered with text instead of a result.')
    /** @type {Map<string, Set<string>>} */
    const found = new Map()
    for (const { from, rule } of output.summary.violations) {
      found.set(from, (found.get(from) ?? new Set()).add(rule.name))
    }
    return found
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

const complaints = []
for (const [file, names] of await broken(innocent)) {
  complaints.push(`${file} breaks no rule, but ${[...names].join(', ')} fired.`)
}
const planted = Object.fromEntries(violations.map(([, file, text]) => [file, text]))
const found = await broken({ ...innocent, ...planted })
for (const [rule, file] of violations) {
  const fired = [...(found.get(file) ?? [])]
  if (fired.length !== 1 || fired[0] !== rule) {
    complaints.push(`${file} was planted to break ${rule} alone; fired: ${fired.join(', ') || 'nothing'}.`)
  }
}
for (const [file, names] of found) {
  if (!(file in planted)) complaints.push(`${file} is innocent, but ${[...names].join(', ')} fired.`)
}
for (const { name = '' } of rules.forbidden) {
  if (!violations.some(([rule]) => rule === name))
    complaints.push(`The rule ${name} has no proof: plant a violation here.`)
}

for (const complaint of complaints) console.error(complaint)
console.log(
  `${rules.forbidden.length} layer rules, ${violations.length} planted violations, ${complaints.length} surprises`
)
process.exitCode = complaints.length ? 1 : 0
