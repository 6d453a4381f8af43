import { inOrder, keyOf, listed } from './order';
import { matches } from '../filter/matches';
import type { Json } from '../json';
import { applyPatch } from '../patch/apply-patch';
import {
  type Change,
  type Content,
  type ResourceList,
  type ResourceQuery,
  ResourceStore,
  type StoredResource,
} from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';

interface Row extends StoredResource {
  readonly removed: boolean;
}

export interface MemoryStoreOptions {
  readonly type: ResourceType;
  readonly now: () => Date;
  /** What there is once only. */
  readonly nameOf: (content: Content) => Json | undefined;
  /** Whose name may be taken again, which brings the resource back. */
  readonly isGone: (content: Content) => boolean;
  /** What is seen of a resource. */
  readonly shown: (id: string, content: Content) => Content;
  /** Throws where the content cannot be. */
  readonly check?: (content: Content) => void;
  /** Says nothing back after a patch, as a store does that keeps thousands of members. */
  readonly isQuiet?: boolean;
}

/** A store in memory: it goes through everything for each question. */
export class MemoryStore extends ResourceStore {
  private readonly rows = new Map<string, Row>();

  constructor(private readonly options: MemoryStoreOptions) {
    super();
  }

  all(): readonly StoredResource[] {
    return [...this.rows.values()].filter((row) => !row.removed);
  }

  has(id: string): boolean {
    return this.rows.get(id)?.removed === false;
  }

  /** Whether there is or was such a resource. */
  knows(id: string): boolean {
    return this.rows.has(id);
  }

  override create(content: Content): Promise<StoredResource> {
    return settled(() => {
      this.options.check?.(content);
      const same = this.sameAs(content);
      if (same === undefined) return this.write(this.nextId(), content);
      if (!same.removed && !this.options.isGone(same.content)) throw this.alreadyThere(content);
      return this.write(same.id, content);
    });
  }

  override find(id: string, wants: (attribute: string) => boolean): Promise<StoredResource | undefined> {
    return settled(() => {
      const row = this.rows.get(id);
      return row === undefined || row.removed ? undefined : this.shown(row, wants);
    });
  }

  override list({ filter, sort, page, wants }: ResourceQuery): Promise<ResourceList> {
    return settled(() => {
      const shown = this.all().map((row) => this.shown(row, () => true));
      const found = shown.filter((row) => filter === undefined || matches(filter, this.whole(row)));
      const ordered = inOrder(found, sort);
      const { rows, more } = listed(ordered, page, sort);
      const last = rows.at(-1);
      return {
        resources: rows.map((row) => this.shown(row, wants)),
        total: found.length,
        ...(more && last !== undefined ? { next: { key: keyOf(last, sort?.by), id: last.id } } : {}),
      };
    });
  }

  override change(id: string, change: Change, wanted?: number): Promise<StoredResource | undefined> {
    return settled(() => {
      const row = this.rowOf(id, wanted);
      const content =
        change.kind === 'replace'
          ? change.content
          : applyPatch(row.content, change.operations, this.options.type);
      this.options.check?.(content);
      const same = this.sameAs(content, id);
      if (same !== undefined && !same.removed) throw this.alreadyThere(content);
      const written = this.write(id, content);
      return change.kind === 'patch' && this.options.isQuiet === true ? undefined : written;
    });
  }

  override remove(id: string, wanted?: number): Promise<void> {
    return settled(() => {
      this.rows.set(id, { ...this.rowOf(id, wanted), removed: true });
    });
  }

  private write(id: string, content: Content): StoredResource {
    const before = this.rows.get(id);
    const at = this.options.now();
    const row: Row = {
      id,
      version: (before?.version ?? 0) + 1,
      createdAt: before?.createdAt ?? at,
      updatedAt: at,
      content,
      removed: false,
    };
    this.rows.set(id, row);
    return this.shown(row, () => true);
  }

  private rowOf(id: string, wanted: number | undefined): Row {
    const row = this.rows.get(id);
    if (row === undefined || row.removed) throw new ScimError(404, `There is nothing with the id ${id}.`);
    if (wanted === undefined || wanted === row.version) return row;
    throw new ScimError(412, `Version ${row.version} is there, and not ${wanted}: read it again.`);
  }

  private sameAs(content: Content, except?: string): Row | undefined {
    const name = folded(this.options.nameOf(content));
    return [...this.rows.values()].find(
      (row) => row.id !== except && folded(this.options.nameOf(row.content)) === name,
    );
  }

  private alreadyThere(content: Content): ScimError {
    const name = JSON.stringify(this.options.nameOf(content));
    return new ScimError(409, `There is a ${this.options.type.name} called ${name} already.`, 'uniqueness');
  }

  private shown(row: StoredResource, wants: (attribute: string) => boolean): StoredResource {
    const content = this.options.shown(row.id, row.content);
    const kept = Object.entries(content).filter(([name]) => wants(name));
    return { ...row, content: Object.fromEntries(kept) };
  }

  /** As a filter sees it. */
  private whole({ id, content, createdAt, updatedAt, version }: StoredResource): Content {
    const meta = {
      resourceType: this.options.type.name,
      created: createdAt.toISOString(),
      lastModified: updatedAt.toISOString(),
      version: `W/"${version}"`,
    };
    return { ...content, id, meta };
  }

  /** Begins like the type and grows with time, so that order by ID is order of creation. */
  private nextId(): string {
    return `${this.options.type.name.toLowerCase()}_${String(this.rows.size + 1).padStart(6, '0')}`;
  }
}

function folded(name: Json | undefined): string {
  return typeof name === 'string' ? name.toLowerCase() : '';
}

/** A promise that says what went wrong instead of throwing it. */
function settled<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
