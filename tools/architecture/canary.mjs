import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { importGraph } from './imports.mjs';
import {
  coreOrderProblems,
  fileCycleProblems,
  gateProblemsIn,
  goesOutIn,
  leftOverIn,
  projectCycleProblems,
} from './rules.mjs';

const rule = '@nx/enforce-module-boundaries';
const framework = `${rule}/bannedExternalImportsViolation`;
const direction = `${rule}/onlyTagsConstraintViolation`;
const alone = `${rule}/emptyOnlyTagsConstraintViolation`;
const cycle = `${rule}/noCircularDependencies`;
const relative = `${rule}/noRelativeOrAbsoluteImportsAcrossLibraries`;
const undeclared = `${rule}/noTransitiveDependencies`;
const restricted = 'no-restricted-syntax/restrictedSyntax';

const typeImports = '@typescript-eslint/consistent-type-imports';
const injected = `import { Clock } from '@gatehouse/core'; export class A { constructor(readonly clock: Clock) {} }`;

/** Code that must be refused, and by which rule. Linted in memory under these names, so nothing is left behind on disk. */
const violations = [
  ['libs/core/src/canary.ts', `import { DataSource } from 'typeorm';`, framework],
  ['libs/core/src/canary.ts', `import { Injectable } from '@nestjs/common';`, framework],
  ['libs/core/src/canary.ts', `import { Worker } from 'bullmq';`, framework],
  ['libs/core/src/canary.ts', `import { stores } from '@gatehouse/core-postgres';`, cycle],
  ['libs/core/src/canary.ts', `import { stores } from '../postgres/src/index';`, relative],
  ['libs/core/postgres/src/canary.ts', `import { queue } from '@gatehouse/core-queue';`, direction],
  ['libs/core/queue/src/canary.ts', `import { presets } from '@gatehouse/idp-presets';`, direction],
  ['libs/core/network/src/canary.ts', `import { stores } from '@gatehouse/core-postgres';`, direction],
  ['libs/saml/src/canary.ts', `import { Injectable } from '@nestjs/common';`, framework],
  ['libs/saml/src/canary.ts', `import { stores } from '@gatehouse/core-postgres';`, direction],
  ['libs/scim/src/canary.ts', `import { SsoError } from '@gatehouse/core';`, alone],
  ['libs/idp-presets/src/canary.ts', `import express from 'express';`, framework],
  ['libs/client-sdk/src/canary.ts', `import { SsoError } from '@gatehouse/core';`, alone],
  ['libs/client-sdk/src/canary.ts', `import { z } from 'zod';`, framework],
  ['apps/auth-server/src/canary.ts', `import { createSso } from '@gatehouse/client-sdk';`, direction],
  ['apps/worker/src/canary.ts', `import { main } from '@gatehouse/auth-server';`, undeclared],
  ['tools/src/canary.ts', `import { SsoError } from '@gatehouse/core';`, direction],
  [
    'libs/core/src/canary.ts',
    `export const id = JSON.parse('1') as string;`,
    '@typescript-eslint/consistent-type-assertions/never',
  ],
  [
    'libs/core/src/canary.ts',
    `export function id(given: any) { return given; }`,
    '@typescript-eslint/no-explicit-any/unexpectedAny',
  ],
  ['libs/core/src/canary.ts', `export const now = () => new Date();`, restricted],
  ['libs/core/src/canary.ts', `export default 1;`, restricted],
  [
    'apps/worker/src/canary.ts',
    `export const url = process.env.URL;`,
    'no-restricted-properties/restrictedObjectProperty',
  ],
  [
    'apps/worker/src/canary.ts',
    `import { aUser } from '@gatehouse/core/testing';`,
    'no-restricted-imports/patternWithCustomMessage',
  ],
  ['apps/worker/src/canary.ts', injected, typeImports],
];

/** Code that must pass a rule: a rule that refuses everything would look healthy above. */
const allowed = [
  ['libs/saml/src/canary.ts', `import { SsoError } from '@gatehouse/core';`, rule],
  ['libs/saml/src/canary.spec.ts', `import { SamlIdp } from '@gatehouse/tools/saml-idp';`, rule],
  ['libs/core/postgres/src/canary.ts', `import { SsoError } from '@gatehouse/core';`, rule],
  ['apps/auth-server/src/canary.ts', `import { presets } from '@gatehouse/idp-presets';`, rule],
  ['apps/auth-server/test/canary.e2e-spec.ts', `import { createSso } from '@gatehouse/client-sdk';`, rule],
  ['tools/src/canary.ts', `import { createSso } from '@gatehouse/client-sdk';`, rule],
  ['libs/client-sdk/test/canary.spec.ts', `import express from 'express';`, `${rule}/banned`],
  ['libs/client-sdk/src/canary.ts', `import { createHash } from 'node:crypto';`, rule],
  // Nest reads constructor types at run time, so what is injected must stay a value.
  [
    'apps/worker/src/canary.ts',
    `import { Injectable } from '@nestjs/common'; ${injected.replace('export class', '@Injectable() export class')}`,
    typeImports,
  ],
];

/**
 * With CI set, the parser takes every run for the only one, and parses a file name that it sees again
 * without the decorator settings of the configuration.
 */
const manyRuns = { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } };

/** Lints the planted code with the repository's own configuration; returns what did not come out as it must. */
export async function canaryProblems(root) {
  // The planted files belong to no TypeScript program, so the rules that need types stand aside.
  const eslint = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked, manyRuns] });
  const reported = async ([file, code, wanted]) => {
    const [result] = await eslint.lintText(`${code}\n`, { filePath: file });
    return result.messages.some((message) => `${message.ruleId}/${message.messageId}`.startsWith(wanted));
  };
  const problems = [];
  for (const planted of violations)
    if (!(await reported(planted))) problems.push(`${planted[2]} is blind in ${planted[0]}: ${planted[1]}`);
  for (const planted of allowed)
    if (await reported(planted))
      problems.push(`${planted[2]} refuses what is allowed in ${planted[0]}: ${planted[1]}`);
  return problems;
}

export const canaryCount = violations.length + allowed.length;

/** Ways around the guarded fetch, and what looks like one. */
const reachingOut = [
  `import { request } from 'node:https';`,
  `import {\n  Agent,\n  fetch as load,\n} from 'undici';`,
  `import * as net from 'net';`,
  `const { connect } = await import('node:tls');`,
  `const answer = await fetch(url);`,
  `const load = globalThis.fetch;`,
];
const stayingIn = [
  `import type { IncomingMessage } from 'node:http';`,
  `import { isIP } from 'node:net';`,
  `const document = await this.outbound.fetch(url);`,
];

/** Ways around the session opener and the policy, and what looks like one. */
const pastTheGate = [
  `import { SessionStore } from '@gatehouse/core';`,
  'const sql = `INSERT INTO sessions (id) VALUES ($1)`;',
  `await rows(insertingSession(session).sql);`,
  `const view = await this.store.findLiveAnywhere(id, now);`,
  `const emergencies: EmergencyStore = module.get(EmergencyStore);`,
];
const throughTheGate = [
  `const session = await this.ports.sessions.open(tenant, person, proof, actor);`,
  `// leaves its own word: see SessionStore.open`,
  `const refused = new PostgresRefusedSessionStore(database, chance);`,
];

/** Plants imports in the text of a real file and expects the graph checks to object to each; returns those that did not. */
export function plantedImportProblems(root, files) {
  const low = 'libs/core/src/shared/sso-error.ts';
  const imports = `import type { A } from '../login/start-login';\nexport type B = import('@gatehouse/core-network').C;\n`;
  const graph = importGraph(root, files, new Map([[low, imports]]));
  const objections = [
    ['the order inside core', coreOrderProblems(graph).some((problem) => problem.startsWith(low))],
    ['cycles of files', fileCycleProblems(graph).some((cycle) => cycle.includes(low))],
    ['cycles of projects', projectCycleProblems(root, files, graph).length > 0],
    ['outbound connections', reachingOut.every(goesOutIn) && !stayingIn.some(goesOutIn)],
    ['the session gate', pastTheGate.every(isPastTheGate) && !throughTheGate.some(isPastTheGate)],
    ['work left for later', leftOverIn(`// ${'TO'}DO: later`).length > 0],
  ];
  return objections.filter(([, seen]) => !seen).map(([check]) => `the check of ${check} is blind`);
}

function isPastTheGate(text) {
  return gateProblemsIn('libs/core/src/login/canary.ts', text).length > 0;
}
