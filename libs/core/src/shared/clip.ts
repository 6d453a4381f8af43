const longestText = 500;
const longestList = 20;
const deepest = 4;

/** At most `length` characters, all of which PostgreSQL can keep: no NUL and no half of a surrogate pair. */
export function clipText(text: string, length = longestText): string {
  return text.slice(0, length).replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD');
}

/** The same object with every text and list in it bounded. */
export function clipEntries(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, longestList);
  return Object.fromEntries(entries.map(([name, entry]) => [clipText(name), clip(entry, depth + 1)]));
}

function clip(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return clipText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > deepest) return '…';
  if (Array.isArray(value)) return value.slice(0, longestList).map((entry) => clip(entry, depth + 1));
  return clipEntries(value, depth);
}

/** Whether PostgreSQL can keep every text in this value, names of properties included. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !/[\0\p{Surrogate}]/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, entry]) => isStorable(name) && isStorable(entry));
}
