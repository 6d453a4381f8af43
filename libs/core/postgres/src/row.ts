/** What both `IdKind.parse` and an enumeration can do: read one text, or throw. */
interface TextKind<T extends string> {
  parse(value: unknown): T;
}

/** One row (or JSON object) from the database: each reader checks the type that it promises. */
export class Row {
  readonly #values: object;

  constructor(values: unknown) {
    if (typeof values !== 'object' || values === null) throw new Error('The database returned no row.');
    this.#values = values;
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#wrong(name, 'text');
  }

  optionalText(name: string): string | undefined {
    const value = this.#get(name);
    return value === undefined || typeof value === 'string' ? value : this.#wrong(name, 'text');
  }

  id<T extends string>(name: string, kind: TextKind<T>): T {
    return kind.parse(this.#get(name));
  }

  oneOf<const T extends string>(name: string, allowed: readonly T[]): T {
    const value = this.#get(name);
    return allowed.find((each) => each === value) ?? this.#wrong(name, allowed.join(' or '));
  }

  integer(name: string): number {
    const value = this.#get(name);
    return typeof value === 'number' && Number.isInteger(value) ? value : this.#wrong(name, 'an integer');
  }

  optionalInteger(name: string): number | undefined {
    return this.#get(name) === undefined ? undefined : this.integer(name);
  }

  number(name: string): number {
    const value = this.#get(name);
    return typeof value === 'number' ? value : this.#wrong(name, 'a number');
  }

  flag(name: string): boolean {
    const value = this.#get(name);
    return typeof value === 'boolean' ? value : this.#wrong(name, 'a boolean');
  }

  date(name: string): Date {
    return this.optionalDate(name) ?? this.#wrong(name, 'a time');
  }

  /** A column arrives as a Date; a time inside JSON as ISO 8601 text. */
  optionalDate(name: string): Date | undefined {
    const value = this.#get(name);
    if (value === undefined || value instanceof Date) return value;
    const date = new Date(typeof value === 'string' ? value : Number.NaN);
    return Number.isNaN(date.getTime()) ? this.#wrong(name, 'a time') : date;
  }

  texts(name: string): string[] {
    return this.#list(name).map((item) => (typeof item === 'string' ? item : this.#wrong(name, 'texts')));
  }

  optionalTexts(name: string): string[] {
    return this.#get(name) === undefined ? [] : this.texts(name);
  }

  json(name: string): unknown {
    return this.#get(name);
  }

  object(name: string): Row {
    return this.optionalObject(name) ?? this.#wrong(name, 'an object');
  }

  optionalObject(name: string): Row | undefined {
    const value = this.#get(name);
    return value === undefined ? undefined : new Row(value);
  }

  objects(name: string): Row[] {
    return this.#list(name).map((item) => new Row(item));
  }

  optionalObjects(name: string): Row[] {
    return this.#get(name) === undefined ? [] : this.objects(name);
  }

  /** All members, for JSON whose shape is the writer's affair. */
  record(): Record<string, unknown> {
    return { ...this.#values };
  }

  #list(name: string): unknown[] {
    const value = this.#get(name);
    return Array.isArray(value) ? value : this.#wrong(name, 'a list');
  }

  #get(name: string): unknown {
    const value: unknown = Object.hasOwn(this.#values, name) ? Reflect.get(this.#values, name) : undefined;
    return value ?? undefined;
  }

  #wrong(name: string, want: string): never {
    throw new Error(`Column "${name}" does not hold ${want}.`);
  }
}
