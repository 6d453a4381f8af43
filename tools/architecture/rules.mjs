import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { coreOrder, emptyNames } from './boundaries.mjs';
import { cyclesOf } from './imports.mjs';
import { projectOf } from './source-files.mjs';

const core = 'libs/core/src/';
const isSpec = (file) => /\.(?:e2e-)?spec\.tsx?$/.test(file) || file.includes('/test/');

/** libs/core/src/login/start-login.ts -> login; a file at the top of core, and everything outside, has no feature. */
function featureOf(file) {
  if (!file.startsWith(core)) return undefined;
  const [folder, ...rest] = file.slice(core.length).split('/');
  return rest.length > 0 ? folder : undefined;
}

/** Inside core a folder imports only what stands before it in `coreOrder`. Specs may: the builders know every feature. */
export function coreOrderProblems(graph) {
  return [...graph].flatMap(([file, targets]) => {
    const from = featureOf(file);
    if (!from || from === 'testing' || isSpec(file)) return [];
    if (!coreOrder.includes(from))
      return [`${file}: folder "${from}" has no place in the order (boundaries.mjs)`];
    return targets.filter((to) => !standsBefore(from, to)).map((to) => `${file} (${from}) imports ${to}`);
  });
}

function standsBefore(from, target) {
  const to = featureOf(target);
  if (!to) return target !== `${core}index.ts`;
  return coreOrder.includes(to) && coreOrder.indexOf(to) <= coreOrder.indexOf(from);
}

export function fileCycleProblems(graph) {
  return cyclesOf(graph).map((cycle) => cycle.join(' -> '));
}

/** Cycles between projects, by what their files import and by what their package.json files name. */
export function projectCycleProblems(root, files, graph) {
  const manifests = files
    .filter((file) => file.endsWith('/package.json'))
    .map((file) => readManifest(root, file));
  const named = manifests.filter((manifest) => manifest.name !== undefined);
  const folderByName = new Map(named.map((manifest) => [manifest.name, manifest.folder]));
  const projects = [...folderByName.values()];
  const edges = new Map(named.map((manifest) => [manifest.folder, ownDependencies(manifest, folderByName)]));
  for (const [file, targets] of graph) addProjectEdges(edges, projects, file, targets);
  return cyclesOf(new Map([...edges].map(([project, to]) => [project, [...to]]))).map((cycle) =>
    cycle.join(' -> '),
  );
}

function readManifest(root, file) {
  return { ...JSON.parse(readFileSync(join(root, file), 'utf8')), folder: dirname(file) };
}

function ownDependencies({ dependencies, devDependencies, peerDependencies }, folderByName) {
  const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  return new Set(names.map((name) => folderByName.get(name)).filter((folder) => folder !== undefined));
}

function addProjectEdges(edges, projects, file, targets) {
  const from = projectOf(file, projects);
  for (const target of targets) {
    const to = projectOf(target, projects);
    if (from && to && from !== to) edges.get(from).add(to);
  }
}

/** A lockfile that names a registry fetches from there for everybody: .npmrc leaves the addresses out. */
export function lockfileProblems(root) {
  const lines = readFileSync(join(root, 'package-lock.json'), 'utf8').split('\n');
  const addressed = lines.flatMap((line, at) => (/"resolved": "[a-z+]+:/.test(line) ? [at + 1] : []));
  return addressed.slice(0, 5).map((line) => `package-lock.json:${line} holds a registry address`);
}

export function nameProblems(files) {
  return files
    .filter((file) =>
      file.split('/').some((part) => part.split(/[.-]/).some((word) => emptyNames.includes(word))),
    )
    .map((file) => `${file}: the name says nothing about what is inside`);
}

const guarded = 'libs/core/network/src/';
/** Code of others' machines: the SDK runs in applications, the portal in browsers. */
const elsewhere = ['libs/client-sdk/', 'apps/portal/'];
const networkModule = `(?:node:)?(?:https?|http2|net|tls|dgram)|undici|axios|got|node-fetch|ky|superagent`;
const goesOut = new RegExp(
  [
    // What is imported as a type opens no connection, and isIP only looks at a text.
    `\\bimport (?!type\\b|\\{ isIP \\})[^;]*?from '(?:${networkModule})'`,
    `\\b(?:require|import)\\(\\s*'(?:${networkModule})'`,
    '(?<![.\\w])fetch\\(|\\bglobalThis\\.fetch\\b',
    '\\bnew (?:WebSocket|EventSource|XMLHttpRequest)\\(',
  ].join('|'),
);

/** Whether a text opens connections of its own: addresses that others chose go through the guarded fetch alone. */
export function goesOutIn(text) {
  return goesOut.test(text);
}

export function outboundProblems(root, files) {
  const shipped = files.filter((file) => /^(?:apps|libs)\/.*\/src\/.*\.tsx?$/.test(file) && !isSpec(file));
  return shipped
    .filter((file) => !file.includes('/testing/'))
    .filter((file) => ![guarded, ...elsewhere].some((folder) => file.startsWith(folder)))
    .filter((file) => goesOutIn(readFileSync(join(root, file), 'utf8')))
    .map((file) => `${file} opens connections of its own: take OutboundFetch`);
}

const sessions = 'libs/core/src/sessions/';
const stored = 'libs/core/postgres/src/sessions/';
const wiring = [
  'apps/auth-server/src/core.module.ts',
  'apps/auth-server/src/enforcement/enforcement-services.ts',
];
/** What makes a session or looks one up past the policy, and the only files that may. */
const ofTheGate = [
  [/\bINSERT INTO sessions\b/i, [`${stored}insert-session.ts`]],
  [
    /\binsertingSession\b/,
    ['insert-session', 'session.store', 'emergency.store'].map((name) => `${stored}${name}.ts`),
  ],
  [
    /\b(?:Session|Emergency)Store\b(?!\.)/,
    [
      ...['session-store', 'emergency-store', 'session-opener', 'sessions', 'live-sessions'].map(
        (name) => `${sessions}${name}.ts`,
      ),
      ...['session.store', 'emergency.store'].map((name) => `${stored}${name}.ts`),
      ...wiring,
    ],
  ],
  [/\.findLiveAnywhere\(/, [`${sessions}live-sessions.ts`]],
  [/\bemergencies\.open\(|\bstore\.open\(tenant\.id, session\b/, [`${sessions}session-opener.ts`]],
];

/** What in a text of this file goes past the session opener, or past the policy that each use of a session asks. */
export function gateProblemsIn(file, text) {
  return ofTheGate
    .filter(([what, allowed]) => !allowed.includes(file) && what.test(text))
    .map(([what]) => what.source);
}

export function sessionGateProblems(root, files) {
  const shipped = files.filter((file) => /^(?:apps|libs)\/.*\/src\/.*\.ts$/.test(file) && !isSpec(file));
  return shipped
    .filter((file) => !file.includes('/testing/'))
    .flatMap((file) =>
      gateProblemsIn(file, readFileSync(join(root, file), 'utf8')).map((what) => `${file} has ${what}`),
    );
}

// Written in two halves so that this file passes its own rule.
const leftOver = new RegExp(`\\b(?:${'TO'}DO|${'FIX'}ME)\\b`);

/** The lines of a text that hold a note about work left for later, as [number, line]. */
export function leftOverIn(text) {
  const lines = text.split('\n').map((line, at) => [at + 1, line.trim()]);
  return lines.filter(([, line]) => leftOver.test(line));
}

export function leftOverProblems(root, files) {
  const text = files.filter((file) => /\.(?:[cm]?[jt]sx?|json|md|ya?ml|sh|html|css|sql)$/.test(file));
  return text
    .filter((file) => file !== 'package-lock.json')
    .flatMap((file) =>
      leftOverIn(readFileSync(join(root, file), 'utf8')).map((found) => [file, ...found].join(' ')),
    );
}
