import { SsoError } from '@gatehouse/core';
import type { ErrorCode } from '@gatehouse/core';

/** What a document may cost, held while it is read: nothing is built past a limit. */
export interface XmlLimits {
  readonly depth: number;
  readonly attributes: number;
  readonly elements: number;
  /** Elements, attributes, namespace declarations and comments together. */
  readonly nodes: number;
  /** Namespace declarations on an element and those around it. */
  readonly namespaces: number;
  /** Processing instructions are skipped where this is set; else there must be none. */
  readonly instructions?: boolean;
}

const maxNameLength = 256;

/** Counts what a document has cost so far. */
export class XmlBudget {
  private nodes = 0;
  private elements = 0;
  private attributes = 0;
  private depth = 0;

  constructor(
    private readonly limits: XmlLimits,
    private readonly excessive: ErrorCode,
  ) {}

  /** After its attributes. */
  openElement(): void {
    this.attributes = 0;
    this.depth += 1;
    this.elements += 1;
    this.spendNode();
    this.refuseOver('elements', this.elements, this.limits.elements);
    this.refuseOver('levels of nesting', this.depth, this.limits.depth);
  }

  closeElement(): void {
    this.depth -= 1;
  }

  spendAttribute(): void {
    this.attributes += 1;
    this.spendNode();
    this.refuseOver('attributes on one element', this.attributes, this.limits.attributes);
  }

  spendNode(): void {
    this.nodes += 1;
    this.refuseOver('elements and attributes', this.nodes, this.limits.nodes);
  }

  /** Also of a namespace: the longest in use have about 100 characters, and each is compared again and again. */
  checkName(name: string): void {
    this.refuseOver('characters in a name', name.length, maxNameLength);
  }

  checkNamespaces(inScope: number): void {
    this.refuseOver('namespaces in scope', inScope, this.limits.namespaces);
  }

  private refuseOver(what: string, got: number, limit: number): void {
    if (got <= limit) return;
    const message = `The document has too many ${what}; send fewer groups or attributes.`;
    throw new SsoError(this.excessive, message, { want: `at most ${limit} ${what}`, got });
  }
}
