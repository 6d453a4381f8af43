import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

const options = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['@gatehouse/source'],
  allowJs: true,
};

function resolver(root) {
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  return (specifier, file) => {
    const found = ts.resolveModuleName(specifier, join(root, file), options, ts.sys, cache).resolvedModule;
    if (!found) return undefined;
    const real = ts.sys.realpath ? ts.sys.realpath(found.resolvedFileName) : found.resolvedFileName;
    return relative(root, real).split(sep).join('/');
  };
}

/**
 * file -> the files of ours it imports. Type-only imports count: a cycle of types is a cycle of ideas.
 * `planted` puts other text in the place of a file's own.
 */
export function importGraph(root, files, planted = new Map()) {
  const code = files.filter((file) => /\.(?:[cm]?ts|tsx|[cm]?js)$/.test(file));
  const known = new Set(code);
  const resolve = resolver(root);
  const textOf = (file) => planted.get(file) ?? readFileSync(join(root, file), 'utf8');
  return new Map(
    code.map((file) => [file, importsOf(file, textOf(file), resolve).filter((to) => known.has(to))]),
  );
}

function importsOf(file, text, resolve) {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const targets = importedFiles.map((imported) => resolve(imported.fileName, file));
  return [...new Set(targets.filter((target) => target !== undefined))];
}

/** Every cycle of a graph once, as the list of its nodes (Tarjan's strongly connected components). */
export function cyclesOf(graph) {
  const state = { next: 0, index: new Map(), low: new Map(), stack: [], found: [] };
  for (const node of graph.keys()) if (!state.index.has(node)) visit(node, graph, state);
  return state.found.filter((group) => group.length > 1 || graph.get(group[0]).includes(group[0]));
}

function visit(node, graph, state) {
  state.index.set(node, state.next);
  state.low.set(node, state.next++);
  state.stack.push(node);
  for (const to of graph.get(node) ?? []) {
    if (!state.index.has(to)) visit(to, graph, state);
    if (state.stack.includes(to)) state.low.set(node, Math.min(state.low.get(node), state.low.get(to)));
  }
  if (state.low.get(node) === state.index.get(node))
    state.found.push(state.stack.splice(state.stack.indexOf(node)));
}
