import { minifySync } from '@swc/core';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = join(__dirname, '..');
const kilobyte = 1000;

beforeAll(() => {
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-b', root]);
}, 120_000);

/** Runs code in a fresh Node that sees the package as an installed one. */
function node(type: 'module' | 'commonjs', code: string): string {
  return execFileSync(process.execPath, [`--input-type=${type}`, '-e', code], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
}

const use = `
  try { createSso({ env: {} }); } catch (error) { console.log(isSsoError(error, 'config_invalid'), typeof ssoRouter); }`;

it('is loaded with require [APP-4]', () => {
  const load = `
    const { createSso, isSsoError } = require('@gatehouse/client-sdk');
    const { ssoRouter } = require('@gatehouse/client-sdk/express');`;
  expect(node('commonjs', load + use)).toBe('true function');
});

it('is loaded with import, from its own files [APP-4]', () => {
  const load = `
    import { createSso, isSsoError } from '@gatehouse/client-sdk';
    import { ssoRouter } from '@gatehouse/client-sdk/express';
    console.log(import.meta.resolve('@gatehouse/client-sdk').endsWith('/dist/esm/index.js'));`;
  expect(node('module', load + use)).toBe('true\ntrue function');
});

it('has no runtime dependency [APP-4]', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('dependencies');
  const packages = [...filesFrom('express.js'), ...filesFrom('index.js')]
    .flatMap(importsOf)
    .filter((name) => !name.startsWith('.'));
  expect(packages).toEqual([]);
});

it('weighs at most 15 kB, minified and compressed [APP-4]', () => {
  const code = filesFrom('index.js').map(
    (file) => minifySync(readFileSync(file, 'utf8'), { module: true, mangle: true }).code,
  );
  const weight = gzipSync(code.join('\n')).length;
  expect(weight).toBeGreaterThan(2 * kilobyte);
  expect(weight).toBeLessThanOrEqual(15 * kilobyte);
});

/** A built module and all that it imports. */
function filesFrom(entry: string): string[] {
  const found = new Set([join(root, 'dist/esm', entry)]);
  for (const file of found) {
    expect(existsSync(file)).toBe(true);
    for (const name of importsOf(file)) if (name.startsWith('.')) found.add(join(dirname(file), name));
  }
  return [...found];
}

function importsOf(file: string): string[] {
  return [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?\bfrom\s*["']([^"']+)["']/gm),
  ].map(([, name = '']) => name);
}
