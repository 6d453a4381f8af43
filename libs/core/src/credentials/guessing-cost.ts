const seen = 256;
const costOfWord = 3;
const costOfPersonalWord = 1;
const shortestWord = 3;

/** Words that an attacker tries first: those of everybody, and those of this person. */
export interface Dictionary {
  readonly common: ReadonlySet<string>;
  readonly personal: ReadonlySet<string>;
}

/**
 * Roughly how many things one has to guess: a character costs one, a run such as `abcd` or `9999` as much as a character,
 * a well-known word three of them. Case, usual replacements (`p4ssw0rd`) and repetition add nothing.
 */
export function guessingCost(password: string, dictionary: Dictionary): number {
  const text = onceOnly(password.toLowerCase().slice(0, seen));
  return Math.min(...spellings(text).map((spelling) => cheapest(spelling, dictionary)));
}

/** `abcabc` is as good as `abc`. */
function onceOnly(text: string): string {
  return text.replace(/^(.+?)\1+$/su, '$1');
}

const replacements: Readonly<Record<string, string>> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

function spellings(text: string): string[] {
  const plain = text.replaceAll(/[034578@$!]/g, (sign) => replacements[sign] ?? sign);
  return [text, plain.replaceAll('1', 'l'), plain.replaceAll('1', 'i')];
}

/** The cheapest way to put the text together, from its beginning. */
function cheapest(text: string, dictionary: Dictionary): number {
  const costs = [0];
  for (let end = 1; end <= text.length; end++) {
    let cost = (costs[end - 1] ?? 0) + 1;
    for (let start = Math.max(0, end - longestPiece); start <= end - shortestWord; start++)
      cost = Math.min(cost, (costs[start] ?? 0) + costOfPiece(text.slice(start, end), dictionary));
    costs.push(cost);
  }
  return costs.at(-1) ?? 0;
}

const longestPiece = 64;

function costOfPiece(piece: string, { common, personal }: Dictionary): number {
  if (personal.has(piece)) return costOfPersonalWord;
  if (isRun(piece)) return 1;
  return common.has(piece) ? costOfWord : piece.length;
}

/** Whether each character is as far from the one before as the second from the first, by one at most. */
function isRun(piece: string): boolean {
  const steps = Array.from(
    { length: piece.length - 1 },
    (_, at) => piece.charCodeAt(at + 1) - piece.charCodeAt(at),
  );
  const [first = 0] = steps;
  return Math.abs(first) <= 1 && steps.every((step) => step === first);
}
