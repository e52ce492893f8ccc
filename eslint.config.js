// Lint rules: typescript-eslint with types, Svelte, and the few boundaries that are ours.
import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

const impureEngine = ['engine/{host,cli,bench,samples,testing}/**']
const tests = ['**/*.test.ts', 'electron/e2e/**']

/** Time, chance and the outside world reach the engine through services only, so that a run can be repeated exactly. */
const impure = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Ask services.clock for the time.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Ask services.clock for the time.' }
]
const impureMembers = [
  { object: 'Date', property: 'now', message: 'Ask services.clock for the time.' },
  { object: 'Math', property: 'random', message: 'Ask services.random for chance.' }
]
const impureGlobals = ['process', 'Buffer', 'window', 'document', 'fetch', 'performance', 'crypto', 'console']
  .concat(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'structuredClone'])
  .map((name) => ({ name, message: 'The pure engine has no outside world: take what you need as a service.' }))

export default ts.config(
  { ignores: ['out/', 'dist/', 'coverage/', 'node_modules/', 'resources/', 'electron/e2e/results/'] },
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte']
      }
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-definitions': 'off', // unions need `type`, objects read well either way
      '@typescript-eslint/consistent-indexed-object-style': 'off', // { [name: string]: Value } names its key
      '@typescript-eslint/dot-notation': 'off', // data['name'] says that the name is data
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }], // [...text] is how to get its characters
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/require-await': 'off', // a service may be async by contract only
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' }
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-constant-binary-expression': 'error',
      'no-eval': 'error',
      'no-fallthrough': 'error',
      'no-self-compare': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
      'prefer-template': 'error'
    }
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'prefer-const': 'off', // `let { prop } = $props()` is how Svelte writes it
      'svelte/no-at-html-tags': 'error', // text from a flow must never become markup
      'svelte/no-navigation-without-resolve': 'off', // SvelteKit only
      'svelte/prefer-svelte-reactivity': 'off', // a plain Map that nothing draws from is fine
      'svelte/no-target-blank': 'error',
      'svelte/button-has-type': 'error'
    }
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // Seen from here, what markup hands to a function has no type. svelte-check knows it, and reports every `any`.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off', // `void value` in an effect means: follow it
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteAttribute[key.name='style']",
          message: 'The content security policy blocks style="...": write style:name={value} or a class.'
        }
      ]
    }
  },
  {
    files: ['engine/**/*.ts'],
    ignores: [...impureEngine, ...tests],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': ['error', ...impureMembers],
      'no-restricted-syntax': ['error', ...impure]
    }
  },
  {
    files: ['electron/**/*.ts'],
    ignores: ['electron/ipc/handle.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'electron',
              importNames: ['ipcMain'],
              message: 'Use handle() of electron/ipc/handle.ts: it checks who asks and what for.'
            }
          ]
        }
      ]
    }
  },
  {
    files: [
      'engine/cli/**/*.ts',
      'engine/bench/**/*.ts',
      'engine/testing/property/soak.ts',
      'scripts/**',
      'electron/e2e/**'
    ],
    rules: { 'no-console': 'off' } // these talk to a terminal
  },
  {
    files: tests,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off', // expect.any(...) is typed any
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-implied-eval': 'off', // that the window refuses it is tested
      '@typescript-eslint/unbound-method': 'off' // looking at a method is not calling it
    }
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [ts.configs.eslintRecommended],
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }], 'prefer-const': 'error', eqeqeq: 'error' }
  }
)
