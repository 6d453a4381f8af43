// Lets `node -r` run TypeScript as the tests do, for what needs a process of its own: one that is killed, or stands still.
const { readFileSync } = require('node:fs');
const { _extensions: extensions } = require('node:module');
const { transformSync } = require('@swc/core');

const jsc = {
  target: 'es2023',
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true },
};

extensions['.ts'] = (loaded, filename) => {
  const options = { filename, module: { type: 'commonjs' }, jsc, sourceMaps: false };
  loaded._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};
