import { inOrder, keyOf, listed } from './order';
import { matches } from '../filter/matches';
import { isSame, type Json } from '../json';
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
  /** What there is once only, those who were removed and may come back included. */
  readonly nameOf: (content: Content) => Json | undefined;
  /** Whether who is removed, or gone in this sense, is brought back by being made again. */
  readonly comesBack: false | ((content: Content) => boolean);
  /** What is seen of a resource. */
  readonly shown: (id: string, content: Content) => Content;
  /** What is kept of a resource that a change leaves out. */
  readonly kept?: (before: Content, after: Content) => Content;
  /** Throws where the content cannot be. */
  readonly check?: (content: Content) => void;
  /** Hears which one was removed. */
  readonly removed?: (id: string) => void;
  /** Says nothing back after a patch, as a store does that keeps thousands of members. */
  readonly isQuiet?: boolean;
}

/** A store in memory: it goes through everything for each question. */
export class MemoryStore extends ResourceStore {
  private readonly rows = new Map<string, Row>();
  private made = 0;

  constructor(private readonly options: MemoryStoreOptions) {
    super();
  }

  all(): readonly StoredResource[] {
    return [...this.rows.values()].filter((row) => !row.removed);
  }

  has(id: string): boolean {
    return this.rows.get(id)?.removed === false;
  }

  override create(content: Content): Promise<StoredResource> {
    return settled(() => {
      const same = this.sameAs(content);
      if (same !== undefined && !this.mayComeBack(same)) throw this.alreadyThere(content);
      this.options.check?.(content);
      return this.write(same?.id ?? this.nextId(), content);
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
      const said: Content =
        change.kind === 'replace'
          ? change.content
          : applyPatch(row.content, change.operations, this.options.type);
      const content = this.options.kept?.(row.content, said) ?? said;
      this.options.check?.(content);
      this.freeName(content, id);
      const written = this.write(id, content);
      return change.kind === 'patch' && this.options.isQuiet === true ? undefined : written;
    });
  }

  override remove(id: string, wanted?: number): Promise<void> {
    return settled(() => {
      const row = this.rowOf(id, wanted);
      if (this.options.comesBack === false) this.rows.delete(id);
      else this.rows.set(id, { ...row, version: row.version + 1, removed: true });
      this.options.removed?.(id);
    });
  }

  /** Writes what another resource's change does to this one. */
  rewrite(id: string, content: Content): void {
    this.write(id, content);
  }

  private mayComeBack({ removed, content }: Row): boolean {
    const { comesBack } = this.options;
    return comesBack !== false && (removed || comesBack(content));
  }

  private write(id: string, content: Content): StoredResource {
    const before = this.rows.get(id);
    const at = this.options.now();
    if (before?.removed === false && isSame(before.content, content)) return this.shown(before, () => true);
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

  /** Who was removed is in nobody's way: another may be given the name. */
  private freeName(content: Content, id: string): void {
    const same = this.sameAs(content, id);
    if (same?.removed === false) throw this.alreadyThere(content);
    if (same !== undefined) this.rows.delete(same.id);
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
    this.made += 1;
    return `${this.options.type.name.toLowerCase()}_${String(this.made).padStart(6, '0')}`;
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
