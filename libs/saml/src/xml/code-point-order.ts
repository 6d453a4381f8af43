const surrogate = /[\ud800-\udfff]/;

/** The order of Canonical XML 1.0, 2.2: that of code points, so of UTF-8 octets. UTF-16 units differ above U+D7FF. */
export function compareCodePoints(left: string, right: string): number {
  if (left === right) return 0;
  if (surrogate.test(left) || surrogate.test(right)) return compareEach([...left], [...right]);
  return left < right ? -1 : 1;
}

function compareEach(left: readonly string[], right: readonly string[]): number {
  const found = left.findIndex((character, at) => character !== right[at]);
  const at = found === -1 ? left.length : found;
  return codePoint(left[at]) - codePoint(right[at]);
}

// What ends first comes first.
function codePoint(character: string | undefined): number {
  return character?.codePointAt(0) ?? -1;
}
