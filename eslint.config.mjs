import path from 'node:path';
import { fileURLToPath } from 'node:url';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const root = path.dirname(fileURLToPath(import.meta.url));

/**
 * The import rule: what each folder of `src/` may import from the other folders of `src/`. Types are no exception: a layer does
 * not know the ones above it.
 */
const layers = {
  common: [],
  kql: ['common'],
  language: ['common', 'kql'],
  engine: ['common', 'kql'],
  results: ['common', 'kql', 'engine'],
  auth: ['common'],
  workspaces: ['common', 'kql', 'engine', 'results', 'auth'],
  sentinel: ['common', 'kql', 'engine', 'results', 'workspaces'],
  templates: ['common', 'kql', 'engine', 'results', 'workspaces'],
  notebook: ['common', 'kql', 'engine', 'results', 'workspaces', 'sentinel', 'templates'],
  report: ['common', 'kql', 'notebook'],
  cli: ['common', 'kql', 'engine', 'results', 'auth', 'workspaces', 'sentinel', 'templates', 'notebook', 'report'],
  renderer: ['common'],
  views: ['common', 'kql', 'engine', 'results', 'auth', 'workspaces', 'sentinel', 'templates', 'notebook', 'report', 'commands'],
  commands: ['common', 'kql', 'engine', 'results', 'auth', 'workspaces', 'sentinel', 'templates', 'notebook', 'report', 'views'],
};
const adapter = 'vscode*.ts';

const importZones = Object.entries(layers).map(([folder, allowed]) => ({
  target: `./src/${folder}/**/!(vscode*).{ts,tsx}`,
  from: './src',
  except: [folder, ...allowed].map((name) => `./${name}`),
  message: `src/${folder} may import ${allowed.length === 0 ? 'nothing else of src' : `${allowed.join(', ')} alone`}.`,
}));

/** What runs in the extension host, and the only places (besides the tests that run there) where `vscode` is imported. */
const hostFiles = ['src/extension.ts', 'src/views/**/*.ts', 'src/commands/**/*.ts', `src/**/${adapter}`];

const restrictions = {
  vscode: {
    name: 'vscode',
    message: 'vscode is imported only in extension.ts, views/, commands/ and files named vscode*.ts.',
  },
  kusto: {
    regex: '^@kusto/',
    message: 'src/kql is the one importer of Kusto.Language.',
  },
  duckdb: {
    regex: '^@duckdb/',
    message: 'DuckDB is used in src/{engine,results,workspaces} and the engine process alone.',
  },
  node: {
    regex: '^node:',
    message: 'A renderer runs in a browser.',
  },
  /** The engine process's code must not get into the extension host; cellOptions and cellReferences are small pure modules. */
  heavy: {
    regex: '^\\.{1,2}/(.*/)?(kql|engine|results|auth|workspaces)/(?!vscode|cellOptions$|cellReferences$)',
    allowTypeImports: true,
    message: 'This code lives in the engine process: import its types, or call it through the engine client.',
  },
};

/** ESLint replaces the options of a rule instead of merging them, so each kind of file gets its whole list. */
function restricted(...names) {
  const chosen = names.map((name) => restrictions[name]);
  return {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { paths: chosen.filter((entry) => 'name' in entry), patterns: chosen.filter((entry) => 'regex' in entry) },
    ],
  };
}

const everywhere = {
  'no-console': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
  'max-len': [
    'error',
    { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignorePattern: '^import ' },
  ],
  eqeqeq: 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'object-shorthand': 'error',
  'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
  'import-x/no-self-import': 'error',
};

export default tseslint.config(
  {
    ignores: ['dist/', 'out/', '.vscode-test/', '.huntbook/', 'coverage/', 'test-results/', 'bench-results/', 'test/fixtures/', 'media/', 'samples/'],
  },
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
  },
  { files: ['**/*.mjs', '**/*.ts', '**/*.tsx'], rules: everywhere },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts'] }, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true, allowTypedFunctionExpressions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      // A method of an interface may be asynchronous in one implementation and finished at once in another.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: {
      ...restricted('vscode', 'kusto', 'duckdb'),
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: root, zones: importZones }],
    },
  },
  { files: ['src/kql/**/*.ts'], rules: restricted('vscode', 'duckdb') },
  { files: ['src/{engine,results,workspaces}/**/*.ts', 'src/{engineProcess,cli}.ts'], rules: restricted('vscode', 'kusto') },
  { files: ['src/renderer/**'], rules: restricted('vscode', 'kusto', 'duckdb', 'node') },
  { files: hostFiles, rules: restricted('kusto', 'duckdb', 'heavy') },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      'import-x/no-default-export': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-function-return-type': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['scripts/**/*.mjs', '*.mjs'],
    extends: [tseslint.configs.strict, tseslint.configs.disableTypeChecked],
  },
);
