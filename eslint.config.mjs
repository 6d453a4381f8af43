import nx from '@nx/eslint-plugin';
import { createProjectGraphAsync } from '@nx/devkit';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import tseslint from 'typescript-eslint';
import { notOurs, sourceConstraints, testConstraints } from './tools/architecture/boundaries.mjs';

// The boundary rule reads Nx's cached project graph and checks nothing, without a word, when there is none: make one first.
process.env.NX_DAEMON = 'false';
process.env.NX_ISOLATE_PLUGINS = 'false';
await createProjectGraphAsync({ exitOnError: false });

const specs = ['**/*.spec.ts', '**/*.e2e-spec.ts', '**/test/**/*.ts'];
const testing = ['**/src/testing/**/*.ts'];
const scripts = ['**/*.js', '**/*.cjs', '**/*.mjs'];
const tools = ['tools/**/*.ts'];
const lists = ['**/public-mail-domains.ts'];

const nodeGlobals = [
  'process',
  'console',
  'URL',
  'URLSearchParams',
  'Buffer',
  'fetch',
  'AbortSignal',
  'AbortController',
  'performance',
];
const timers = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'structuredClone',
];
const commonJs = ['require', 'module', 'exports', '__dirname', '__filename'];
const readonlyNames = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

const boundaries = (depConstraints) => [
  'error',
  { allow: [], enforceBuildableLibDependency: false, banTransitiveDependencies: true, depConstraints },
];

const noDefaultExport = [
  {
    selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
    message: 'Export by name: a default export is called something else in every file.',
  },
];

const clockMessage = 'Time is an argument: take `now: Date`, or a Clock.';
const noAmbientInputs = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clockMessage },
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: clockMessage },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'Chance is an argument, and Math.random is not for secrets.',
  },
  { selector: 'CallExpression[callee.name="fetch"]', message: 'The network is an argument: take a port.' },
];

const noEnvironment = {
  'no-restricted-properties': [
    'error',
    { object: 'process', property: 'env', message: 'The environment is read in config.ts only.' },
  ],
};

const environmentModule = {
  name: 'node:process',
  importNames: ['env'],
  message: 'The environment is read in config.ts only.',
};
const testingModules = {
  group: ['@gatehouse/*/testing'],
  message: 'Builders and in-memory adapters are for spec files.',
};

/** ESLint gives a rule one severity; the same rule under a second name lets a file warn at 250 lines and fail at 300. */
const size = { rules: { 'max-lines': builtinRules.get('max-lines') } };

/** As in tsconfig.base.json, said again for text that is linted outside any TypeScript program. */
const decorators = { emitDecoratorMetadata: true, experimentalDecorators: true };

const typedRules = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/return-await': ['error', 'in-try-catch'],
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error',
  '@typescript-eslint/no-base-to-string': 'error',
};

const styleRules = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
  // Files with decorators are left alone by this rule: Nest reads constructor types at run time, so they must stay values.
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  // Ports are abstract classes and Nest modules are empty ones: a class without members is no mistake here.
  '@typescript-eslint/no-extraneous-class': 'off',
};

const commonRules = {
  eqeqeq: ['error', 'always'],
  'no-var': 'error',
  'prefer-const': 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-console': 'error',
  'no-empty': 'error',
  'no-fallthrough': 'error',
  'no-unsafe-finally': 'error',
  'no-unreachable': 'error',
  'no-self-assign': 'error',
  'no-dupe-keys': 'error',
  'no-dupe-else-if': 'error',
  'no-constant-condition': 'error',
  'no-control-regex': 'error',
  'max-depth': ['error', 3],
  'max-lines': ['warn', { max: 250 }],
  'size/max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
};

export default tseslint.config(
  { ignores: notOurs.map((folder) => `**/${folder}/**`) },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { size }, rules: commonRules },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { ...decorators, projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@nx': nx },
    rules: {
      ...styleRules,
      ...typedRules,
      ...noEnvironment,
      '@nx/enforce-module-boundaries': boundaries(sourceConstraints),
      'no-restricted-imports': ['error', { paths: [environmentModule], patterns: [testingModules] }],
      'no-restricted-syntax': ['error', ...noDefaultExport],
    },
  },
  { files: ['**/config.ts'], rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' } },
  { files: lists, rules: { 'max-lines': 'off', 'size/max-lines': 'off' } },
  {
    files: ['libs/core/src/**/*.ts', 'libs/idp-presets/src/**/*.ts', 'libs/scim/src/**/*.ts'],
    ignores: ['**/clock.ts', ...specs, ...testing],
    rules: { 'no-restricted-syntax': ['error', ...noDefaultExport, ...noAmbientInputs] },
  },
  {
    files: tools,
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: [...specs, ...testing],
    rules: {
      '@nx/enforce-module-boundaries': boundaries(testConstraints),
      'no-restricted-imports': 'off',
      'no-restricted-properties': 'off',
      'max-lines': 'off',
      'size/max-lines': ['error', { max: 500 }],
      'max-lines-per-function': 'off',
      // A spec reads JSON answers and throws odd things on purpose.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: scripts,
    languageOptions: { globals: readonlyNames([...nodeGlobals, ...timers]) },
    rules: {
      'no-undef': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: readonlyNames(commonJs) },
  },
  {
    files: ['**/assets/**/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: readonlyNames(['window', 'document', 'location', 'navigator', 'atob', 'btoa']),
    },
  },
);
