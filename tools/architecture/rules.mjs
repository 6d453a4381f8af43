import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
  const projects = files
    .filter((file) => basename(file) === 'package.json' && file !== 'package.json')
    .map(dirname);
  const manifests = projects.map((project) => readManifest(root, project));
  const folderByName = new Map(manifests.map((manifest, at) => [manifest.name, projects[at]]));
  const edges = new Map(projects.map((project, at) => [project, named(manifests[at], folderByName)]));
  for (const [file, targets] of graph) addProjectEdges(edges, projects, file, targets);
  return cyclesOf(new Map([...edges].map(([project, to]) => [project, [...to]]))).map((cycle) =>
    cycle.join(' -> '),
  );
}

const readManifest = (root, project) => JSON.parse(readFileSync(join(root, project, 'package.json'), 'utf8'));

function named(manifest, folderByName) {
  const names = Object.keys({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.peerDependencies,
  });
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

// Written in two halves so that this file passes its own rule.
const leftOver = new RegExp(`\\b(?:${'TO'}DO|${'FIX'}ME)\\b`);

export function leftOverProblems(root, files) {
  const text = files.filter((file) => /\.(?:[cm]?[jt]sx?|json|md|ya?ml|sh|html|css|sql)$/.test(file));
  const checked = text.filter((file) => file !== 'package-lock.json');
  return checked.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => (leftOver.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
  );
}
