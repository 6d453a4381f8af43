// One Jest configuration for every project: SWC compiles TypeScript and the packages that ship only ES modules.
const { readFileSync, readdirSync, existsSync } = require('node:fs');
const { join } = require('node:path');

const modules = join(__dirname, 'node_modules');

/** Names of installed packages whose package.json says `"type": "module"`: Jest must compile these to CommonJS. */
function esModulePackages() {
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((child) => `${name}/${child}`) : [name],
  );
  return names.filter((name) => {
    const file = join(modules, name, 'package.json');
    return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).type === 'module';
  });
}

/** CommonJS that loads an ES module by `import()`, which Jest cannot do uncompiled. */
const importers = ['@fastify/cookie'];

const compiled = [...esModulePackages(), ...importers].join('|');

/** For projects whose tests need a database: GATEHOUSE_TEST_POSTGRES_URL is its superuser's address. */
const postgres = {
  globalSetup: join(__dirname, 'tools', 'runtime', 'jest-postgres.js'),
  globalTeardown: join(__dirname, 'tools', 'runtime', 'jest-postgres-teardown.js'),
};

/** The Jest configuration of one project; `rootDir` is its folder. */
module.exports = (rootDir, { withPostgres = false, ...overrides } = {}) => ({
  rootDir,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{src,test}/**/*.{spec,e2e-spec}.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  testEnvironmentOptions: {
    customExportConditions: ['@gatehouse/source', 'node', 'node-addons', 'require', 'default'],
  },
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${compiled})/)`],
  ...(withPostgres ? postgres : {}),
  ...overrides,
});
