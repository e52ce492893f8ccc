// The layers of Tailrace: who may import whom, and why. Proved rule by rule in scripts/layer-proofs.mjs.

const test = '(\\.test\\.ts$|^electron/e2e/)'
const node = { dependencyTypes: ['core'] }
const npm = 'node_modules/'
const pureEngine = '^engine/(?!(host|cli|bench|samples|testing)/)'
const panels = 'folder|canvas|toolbox|properties|timeline|runs'
const screens = 'designer|debugger' // they put panels together

/** @type {(name: string, comment: string, from: object, to: object) => import('dependency-cruiser').IForbiddenRuleType} */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'no-cycles',
      'Two files that need each other are one file, or miss a third: a cycle has no reading order.',
      { path: '^(.+)$' },
      { circular: true, pathNot: '^$1$' } // a component may draw itself again, for a tree
    ),
    forbid(
      'tests-are-leaves',
      'Nothing may lean on a test file: it is not part of the program.',
      { pathNot: test },
      { path: test }
    ),

    // The engine and the rest
    forbid(
      'engine-stands-alone',
      'The engine must run without a desktop: on a server, in a test, in the command line.',
      { path: '^engine/' },
      { path: ['^electron/', '^renderer/', '^scripts/', `${npm}(electron|svelte|@xyflow)/`] }
    ),
    forbid(
      'engine-front-doors',
      'Others see the engine through index.ts (and the doors of host, cli), so that its inside can change freely.',
      { path: '^(electron|renderer|scripts)/', pathNot: test },
      { path: '^engine/', pathNot: '^engine/(index|host/index|cli/index)\\.ts$' }
    ),
    forbid(
      'engine-door-is-pure',
      'engine/index.ts is what the window loads too: the services of this computer have a door of their own.',
      { path: pureEngine, pathNot: test },
      { path: '^engine/(host|cli|bench)/' }
    ),
    forbid(
      'engine-parts-avoid-the-door',
      'A part of the engine that imports its own front door depends on everything at once.',
      { path: '^engine/(?!(host|cli|bench|samples|testing)/)[^/]+/', pathNot: test },
      { path: '^engine/index\\.ts$' }
    ),

    // Inside the engine: model <- expression <- mapping <- edit <- check; mapping <- steps, file, run <- debug
    forbid(
      'model-is-lowest',
      'Flows, steps and values are the words all others speak; words do not depend on speakers.',
      { path: '^engine/model/', pathNot: test },
      { path: '^engine/(expression|mapping|edit|check|steps|run|debug|file)/' }
    ),
    forbid(
      'mapping-knows-model-and-expressions',
      'A kind of mapping says how it is checked, run and written; the ones who do it ask it.',
      { path: '^engine/mapping/', pathNot: test },
      { path: '^engine/(edit|check|steps|run|debug|file)/' }
    ),
    forbid(
      'edit-knows-model-and-mappings',
      'An edit makes a flow of a flow; whether it is a good one is for the checker to say.',
      { path: '^engine/edit/', pathNot: test },
      { path: '^engine/(check|expression|steps|run|debug|file)/' }
    ),
    forbid(
      'check-runs-nothing',
      'The checker reads flows and mends them by edits; it is given definitions.',
      { path: '^engine/check/', pathNot: test },
      { path: '^engine/(steps|run|debug|file)/' }
    ),
    forbid(
      'rooms-have-one-door',
      'What is behind the index of a room can change freely.',
      { path: '^engine/([^/]+)/', pathNot: ['^engine/(samples|testing|bench)/', test] },
      {
        path: '^engine/(model|expression|mapping|edit|check|run)/',
        pathNot: ['^engine/$1/', '^engine/[^/]+/index\\.ts$']
      }
    ),
    forbid(
      'expression-knows-the-model-only',
      'An expression is worked out from values alone, whether or not anything runs.',
      { path: '^engine/expression/', pathNot: test },
      { path: '^engine/(mapping|edit|check|steps|run|debug|file)/' }
    ),
    forbid(
      'steps-know-model-and-mappings',
      'A step says what it does and asks for a transition; how runs work is not its business.',
      { path: '^engine/steps/', pathNot: test },
      { path: '^engine/(edit|check|run|debug|file)/' }
    ),
    forbid(
      'files-know-model-and-mappings',
      'A flow can be read, checked and written without being run.',
      { path: '^engine/file/', pathNot: test },
      { path: '^engine/(check|steps|run|debug)/' }
    ),
    forbid(
      'run-is-given-definitions',
      'The interpreter is handed step definitions, so that it works with any set of them.',
      { path: '^engine/run/', pathNot: test },
      { path: '^engine/(edit|check|steps|debug|file)/' }
    ),
    forbid(
      'run-state-is-data',
      'The state of a run is plain data, and what flows are compiled to is too: moves change it, the queue gives threads their turns.',
      { path: '^engine/run/(state|compile|journal|schedule)/', pathNot: test },
      { path: '^engine/run/(moves|queue)/' }
    ),
    forbid(
      'run-moves-know-no-queue',
      'A move puts threads into the queue and never moves one itself: a move that did would be entered again from inside.',
      { path: '^engine/run/moves/', pathNot: test },
      { path: '^engine/run/queue/' }
    ),
    forbid(
      'debug-sits-on-run',
      'The debugger watches a run and knows no kind of step.',
      { path: '^engine/debug/', pathNot: test },
      { path: '^engine/(steps|file)/' }
    ),
    forbid(
      'engine-without-node',
      'The pure engine runs anywhere; Node is behind the services in engine/host.',
      { path: pureEngine, pathNot: test },
      node
    ),
    forbid(
      'engine-core-without-packages',
      'What decides how flows run must be readable in full, here.',
      { path: '^engine/(model|expression|mapping|edit|check|run|debug|messages)/', pathNot: test },
      { path: npm }
    ),
    forbid(
      'engine-short-list-of-packages',
      'Files and steps may use zod and papaparse; add another package here only with a reason.',
      { path: pureEngine, pathNot: ['^engine/(model|expression|mapping|edit|check|run|debug|messages)/', test] },
      { path: npm, pathNot: `${npm}(@types/)?(zod|papaparse)/` }
    ),
    forbid(
      'cli-is-on-top',
      'The command line uses the services of this computer, never the other way round.',
      { path: '^engine/host/', pathNot: test },
      { path: '^engine/cli/' }
    ),

    // Electron
    forbid(
      'electron-without-renderer',
      'Main, preload and runner talk to the window by messages only.',
      { path: '^electron/', pathNot: test },
      { path: '^renderer/' }
    ),
    forbid(
      'main-and-runner-are-two-processes',
      'They share types, never code: a flow that brings the runner down must not take main with it.',
      { path: '^electron/(main|runner)/', pathNot: test },
      { path: '^electron/(main|runner)/', pathNot: '^electron/$1/', dependencyTypesNot: ['type-only'] }
    ),
    forbid(
      'preload-is-thin',
      'The preload runs sandboxed beside foreign content: Electron and our channels, nothing more.',
      { path: '^electron/preload/', pathNot: test },
      { pathNot: ['^electron/(preload|ipc)/', `${npm}electron/`] }
    ),
    forbid(
      'contract-is-types-only',
      'Both sides compile against the contract; at run time there is nothing of it.',
      { path: '^electron/ipc/contract\\.ts$' },
      { dependencyTypesNot: ['type-only'] }
    ),

    // The renderer
    forbid(
      'renderer-sees-only-the-contract',
      'The window reaches the computer through window.studio, whose types are the contract.',
      { path: '^renderer/' },
      { path: '^electron/', pathNot: '^electron/ipc/contract\\.ts$' }
    ),
    forbid(
      'renderer-takes-types-of-the-contract',
      'Code imported from electron/ would end up in the window.',
      { path: '^renderer/' },
      { path: '^electron/ipc/contract\\.ts$', dependencyTypesNot: ['type-only'] }
    ),
    forbid(
      'renderer-without-engine-host',
      'The window is sandboxed: the services of this computer do not exist in it.',
      { path: '^renderer/', pathNot: test },
      { path: '^engine/(host|cli)/' }
    ),
    forbid(
      'renderer-without-node',
      'The window is sandboxed: it has neither Node nor Electron.',
      { path: '^renderer/', pathNot: test },
      node
    ),
    forbid(
      'renderer-without-electron',
      'The window is sandboxed: it has neither Node nor Electron.',
      { path: '^renderer/' },
      { path: `${npm}electron(-store)?/` }
    ),
    forbid(
      'panels-do-not-know-each-other',
      'Panels meet in the editor session, the screens and the shell; that is why each can be read alone.',
      { path: `^renderer/(${panels})/`, pathNot: test },
      { path: `^renderer/(${panels}|${screens})/`, pathNot: '^renderer/$1/' }
    ),
    forbid(
      'editor-without-pictures',
      'The open document, its commands and history are plain TypeScript and are tested without a window.',
      { path: '^renderer/editor/', pathNot: ['^renderer/editor/session\\.svelte\\.ts$', test] },
      { path: [`${npm}(svelte|@xyflow|@lucide)/`, '\\.svelte$'] }
    ),
    forbid(
      'editor-knows-no-panel',
      'Panels use the editor; an editor that used them back would be a knot.',
      { path: '^renderer/editor/', pathNot: test },
      { path: `^renderer/(${panels}|${screens}|shell|ui)/` }
    ),
    forbid(
      'ui-knows-no-flows',
      'Plain controls get plain props.',
      { path: '^renderer/ui/', pathNot: test },
      { path: [`^renderer/(${panels}|${screens}|shell|editor)/`, '^engine/', '^electron/'] }
    )
  ],
  options: {
    // Not `exclude`: the rules about packages would then never fire.
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|coverage)/' },
    // Else imports of types only, which layers are about as well, would not be seen.
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    extraExtensionsToScan: ['.css'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
      conditionNames: ['import', 'svelte', 'browser', 'node', 'default', 'types'],
      exportsFields: ['exports']
    }
  }
}
