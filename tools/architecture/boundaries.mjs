/** Who may import whom, between projects: docs/decisions/0001-workspace-and-boundaries.md says why. */

/** The domain and the leaves are plain TypeScript: what is listed here belongs to apps and adapters. */
export const frameworks = [
  '@nestjs/*',
  'typeorm',
  'bullmq',
  'ioredis',
  'express',
  'passport*',
  '@node-saml/*',
  'fastify',
  '@fastify/*',
  'pg',
  'undici',
  'nodemailer',
  'oidc-provider',
];

const banned = { bannedExternalImports: frameworks };

/** What shipped code may import. */
export const sourceConstraints = [
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:adapter', 'type:protocol', 'type:domain', 'type:leaf'],
  },
  // SCIM is the one leaf whose questions a store answers in SQL: docs/decisions/0033-a-protocol-library-and-a-store.md.
  { sourceTag: 'type:adapter', onlyDependOnLibsWithTags: ['type:domain', 'asks:store'] },
  { sourceTag: 'type:protocol', onlyDependOnLibsWithTags: ['type:domain'], ...banned },
  { sourceTag: 'type:domain', onlyDependOnLibsWithTags: [], ...banned },
  { sourceTag: 'type:leaf', onlyDependOnLibsWithTags: [], ...banned },
  { sourceTag: 'type:sdk', onlyDependOnLibsWithTags: [], bannedExternalImports: ['*'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:sdk', 'type:leaf'] },
];

/** What a spec may import besides: the demo's identity provider and the SDK drive the apps; a protocol is tried with its answers; an SDK spec mounts the SDK in real frameworks. */
const testOnly = {
  'type:app': {
    onlyDependOnLibsWithTags: [
      'type:adapter',
      'type:protocol',
      'type:domain',
      'type:leaf',
      'type:tool',
      'type:sdk',
    ],
  },
  'type:protocol': { onlyDependOnLibsWithTags: ['type:domain', 'type:tool'] },
  'type:sdk': { bannedExternalImports: [] },
};

export const testConstraints = sourceConstraints.map((rule) => ({ ...rule, ...testOnly[rule.sourceTag] }));

/** The folders of libs/core/src, in the order in which they may know each other: a folder imports only what stands before it. */
export const coreOrder = [
  'shared',
  'audit',
  'events',
  'mail',
  'tasks',
  'saml-keys',
  'tenants',
  'applications',
  'members',
  'api-tokens',
  'credentials',
  'domains',
  'connections',
  'certificates',
  'enforcement',
  'invitations',
  'sessions',
  'linking',
  'login',
  'directory',
];

/** Names that say nothing about what is inside. */
export const emptyNames = ['utils', 'util', 'helpers', 'helper', 'common', 'manager', 'impl'];

/** Folders that hold nothing of ours to check. */
export const notOurs = ['node_modules', 'dist', '.nx', '.gatehouse', '.git', 'coverage', 'tools/vectors'];
