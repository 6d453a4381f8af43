import { emptyObject, type Json } from './json';
import { ScimError } from './scim-error';

/** Deeper than any resource, patch or bulk request goes. */
const deepest = 32;

/** Only where one of these is in a text can a string in it be one that no database takes. */
const suspicious = /\\u|\p{Surrogate}/u;
const unpaired = /\p{Surrogate}/u;

/** A body as objects without prototypes; refuses what is too deep, and text that is no Unicode. */
export function parseJson(text: string): Json {
  const check = suspicious.test(text) ? refuseBrokenText : () => undefined;
  return rebuild(parsed(text), 0, check);
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new ScimError(400, 'The body is not JSON. Send one JSON object.', 'invalidSyntax');
  }
}

function rebuild(value: unknown, depth: number, check: (text: string) => void): Json {
  if (typeof value === 'string') check(value);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new ScimError(400, 'A number in the body is too large to be kept.', 'invalidValue');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (depth === deepest)
    throw new ScimError(400, `The body is nested more than ${String(deepest)} deep.`, 'invalidSyntax');
  if (Array.isArray(value)) return value.map((item: unknown) => rebuild(item, depth + 1, check));
  const made = emptyObject();
  for (const [name, part] of Object.entries(value)) {
    check(name);
    made[name] = rebuild(part, depth + 1, check);
  }
  return made;
}

function refuseBrokenText(text: string): void {
  if (!text.includes('\0') && !unpaired.test(text)) return;
  throw new ScimError(
    400,
    'A text in the body has the character U+0000 or half a surrogate pair, which cannot be kept.',
    'invalidValue',
  );
}
