import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const boundary = '@nx/enforce-module-boundaries';
const restricted = 'no-restricted-syntax';

/** Code that must be refused, and by which rule. Linted in memory under these names, so nothing is left behind on disk. */
const violations = [
  ['libs/core/src/canary.ts', `import { DataSource } from 'typeorm';`, boundary],
  ['libs/core/src/canary.ts', `import { Injectable } from '@nestjs/common';`, boundary],
  ['libs/core/src/canary.ts', `import { Worker } from 'bullmq';`, boundary],
  ['libs/core/src/canary.ts', `import { stores } from '@gatehouse/core-postgres';`, boundary],
  ['libs/core/src/canary.ts', `import { stores } from '../postgres/src/index';`, boundary],
  ['libs/core/postgres/src/canary.ts', `import { queue } from '@gatehouse/core-queue';`, boundary],
  ['libs/core/queue/src/canary.ts', `import { presets } from '@gatehouse/idp-presets';`, boundary],
  ['libs/core/network/src/canary.ts', `import { stores } from '@gatehouse/core-postgres';`, boundary],
  ['libs/scim/src/canary.ts', `import { SsoError } from '@gatehouse/core';`, boundary],
  ['libs/idp-presets/src/canary.ts', `import express from 'express';`, boundary],
  ['libs/client-sdk/src/canary.ts', `import { SsoError } from '@gatehouse/core';`, boundary],
  ['libs/client-sdk/src/canary.ts', `import { z } from 'zod';`, boundary],
  ['apps/auth-server/src/canary.ts', `import { createSso } from '@gatehouse/client-sdk';`, boundary],
  ['apps/worker/src/canary.ts', `import { main } from '@gatehouse/auth-server';`, boundary],
  ['tools/src/canary.ts', `import { SsoError } from '@gatehouse/core';`, boundary],
  [
    'libs/core/src/canary.ts',
    `export const id = JSON.parse('1') as string;`,
    '@typescript-eslint/consistent-type-assertions',
  ],
  [
    'libs/core/src/canary.ts',
    `export function id(given: any) { return given; }`,
    '@typescript-eslint/no-explicit-any',
  ],
  ['libs/core/src/canary.ts', `export const now = () => new Date();`, restricted],
  ['libs/core/src/canary.ts', `export default 1;`, restricted],
  ['apps/worker/src/canary.ts', `export const url = process.env.URL;`, 'no-restricted-properties'],
  ['apps/worker/src/canary.ts', `import { aUser } from '@gatehouse/core/testing';`, 'no-restricted-imports'],
];

/** Code that must pass the boundary rule: a rule that refuses everything would look healthy above. */
const allowed = [
  ['libs/core/postgres/src/canary.ts', `import { SsoError } from '@gatehouse/core';`, boundary],
  ['apps/auth-server/src/canary.ts', `import { presets } from '@gatehouse/idp-presets';`, boundary],
  [
    'apps/auth-server/test/canary.e2e-spec.ts',
    `import { createSso } from '@gatehouse/client-sdk';`,
    boundary,
  ],
  ['tools/src/canary.ts', `import { createSso } from '@gatehouse/client-sdk';`, boundary],
  ['libs/client-sdk/src/canary.ts', `import { createHash } from 'node:crypto';`, boundary],
];

/** Lints the planted code with the repository's own configuration; returns what did not come out as it must. */
export async function canaryProblems(root) {
  // The planted files belong to no TypeScript program, so the rules that need types stand aside.
  const eslint = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked] });
  const reported = async ([file, code, rule]) => {
    const [result] = await eslint.lintText(`${code}\n`, { filePath: file });
    return result.messages.some((message) => message.ruleId === rule);
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
