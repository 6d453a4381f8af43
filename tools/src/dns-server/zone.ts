/** The kinds of record the tests and the demo need. */
export type RecordType = 'TXT' | 'CNAME' | 'A' | 'AAAA';

/** A TXT record may be given in the chunks it travels in (RFC 1035 3.3.14). */
export type RecordValue = string | readonly string[];

export interface ZoneRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly value: RecordValue;
}

/** How a name behaves that has no records to tell. */
export type Misbehaviour = 'servfail' | 'silent' | 'nxdomain';

export type Lookup =
  { readonly kind: 'answer'; readonly records: readonly ZoneRecord[] } | { readonly kind: Misbehaviour };

const MAX_ALIASES = 8;

/** What the server knows of each name; names are compared without case (RFC 4343). */
export class Zone {
  private readonly records = new Map<string, Map<RecordType, readonly RecordValue[]>>();
  private readonly misbehaviours = new Map<string, Misbehaviour>();

  set(name: string, type: RecordType, values: readonly RecordValue[]): void {
    const key = keyOf(name);
    this.misbehaviours.delete(key);
    this.records.set(
      key,
      (this.records.get(key) ?? new Map<RecordType, readonly RecordValue[]>()).set(type, values),
    );
  }

  remove(name: string): void {
    this.records.delete(keyOf(name));
    this.misbehaviours.delete(keyOf(name));
  }

  misbehave(name: string, how: Misbehaviour): void {
    this.misbehaviours.set(keyOf(name), how);
  }

  /** An existing name without that type answers with nothing; an unknown name does not exist. */
  lookup(name: string, type: string): Lookup {
    const how = this.misbehaviours.get(keyOf(name));
    if (how) return { kind: how };
    if (!this.records.has(keyOf(name))) return { kind: 'nxdomain' };
    return { kind: 'answer', records: this.chain(name, type) };
  }

  private chain(name: string, type: string): ZoneRecord[] {
    const found: ZoneRecord[] = [];
    let current = name;
    for (let step = 0; step < MAX_ALIASES; step += 1) {
      found.push(...this.own(current, type));
      const alias = type === 'CNAME' ? undefined : this.own(current, 'CNAME')[0];
      if (!alias || typeof alias.value !== 'string') break;
      found.push(alias);
      current = alias.value;
    }
    return found;
  }

  private own(name: string, type: string): ZoneRecord[] {
    const types = [...(this.records.get(keyOf(name)) ?? [])].filter(([known]) => known === type);
    return types.flatMap(([known, values]) => values.map((value) => ({ name, type: known, value })));
  }
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
