/** The namespace declarations of one element, and those around it that it may still use. */
export interface NamespaceScope {
  /** By prefix, the default namespace under the empty one. */
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: NamespaceScope | undefined;
  /** How many declarations there are, those around included. */
  readonly count: number;
}

/** Where a document begins: nothing is declared. */
export const emptyScope: NamespaceScope = { declared: new Map(), outer: undefined, count: 0 };

/** What one element declares, inside what holds around it. */
export function nestedScope(declared: ReadonlyMap<string, string>, outer: NamespaceScope): NamespaceScope {
  return { declared, outer, count: outer.count + declared.size };
}

/** Every declaration that holds, by prefix: the innermost wins. */
export function namespacesIn(scope: NamespaceScope): Map<string, string> {
  const all = new Map<string, string>();
  for (let at: NamespaceScope | undefined = scope; at; at = at.outer) {
    for (const [prefix, uri] of at.declared) {
      if (!all.has(prefix)) all.set(prefix, uri);
    }
  }
  return all;
}
