import { ScimError, type ScimType } from '../scim-error';

export interface Token {
  readonly kind: 'word' | 'text' | '(' | ')' | '[' | ']' | 'end';
  readonly text: string;
  /** Counted from 0. */
  readonly at: number;
}

/** What is read, and the keyword with which it is refused (RFC 7644 3.12). */
export interface Source {
  readonly what: 'filter' | 'path' | 'attribute';
  readonly scimType: ScimType;
}

const longest = 8192;

// Each alternative begins with another character than the rest, so that no text is read twice.
const next = /\s*(?:([^\s()[\]"]+)|("(?:[^"\\]|\\.)*")|([()[\]]))/suy;

/** The words, texts and brackets of a filter or a path, read one after the other. */
export class Tokens {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(
    text: string,
    readonly source: Source,
  ) {
    if (text.length > longest) throw tooLong(text.length, source);
    this.tokens = [...split(text, source)];
  }

  get current(): Token {
    return this.tokens[this.position] ?? { kind: 'end', text: '', at: 0 };
  }

  take(): Token {
    const token = this.current;
    if (token.kind !== 'end') this.position += 1;
    return token;
  }

  isAt(kind: Token['kind']): boolean {
    return this.current.kind === kind;
  }

  isWord(word: string): boolean {
    return this.isAt('word') && this.current.text.toLowerCase() === word;
  }

  want(kind: Token['kind'], wanted: string): Token {
    return this.isAt(kind) ? this.take() : this.refuse(`wanted ${wanted}, found ${named(this.current)}`);
  }

  refuse(problem: string, token = this.current): never {
    throw refusal(this.source, token.at, problem);
  }
}

function* split(text: string, source: Source): Generator<Token> {
  const pattern = new RegExp(next);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) throw refusal(source, from, 'a text begins here and has no closing quotation mark');
    const [, word, quoted, bracket] = found;
    const token = word ?? quoted ?? bracket ?? '';
    yield { kind: kindOf(word, quoted, bracket), text: token, at: pattern.lastIndex - token.length };
  }
  yield { kind: 'end', text: '', at: end };
}

function kindOf(
  word: string | undefined,
  quoted: string | undefined,
  bracket: string | undefined,
): Token['kind'] {
  if (word !== undefined) return 'word';
  if (quoted !== undefined) return 'text';
  return bracket === '(' || bracket === ')' || bracket === '[' ? bracket : ']';
}

/** As it is shown in a refusal. */
export function named(token: Token): string {
  if (token.kind === 'end') return 'the end';
  return token.text.length > 60 ? `“${token.text.slice(0, 60)}…”` : `“${token.text}”`;
}

function refusal({ what, scimType }: Source, at: number, problem: string): ScimError {
  return new ScimError(400, `The ${what} cannot be read at character ${at + 1}: ${problem}.`, scimType);
}

function tooLong(length: number, { what, scimType }: Source): ScimError {
  const detail = `The ${what} is too long: wanted at most ${longest} characters, found ${length}.`;
  return new ScimError(400, detail, scimType);
}
