import { SsoError } from '../shared/sso-error';
import type { MappingEntry } from './mapping';

const columns = new Map([
  ['email', 'email'],
  ['oldsubject', 'oldSubject'],
  ['subject', 'subject'],
] as const);

/**
 * Reads a list as spreadsheets export it (RFC 4180; also with semicolons or tabs): a first line that names the columns
 * `subject` and `email` or `oldSubject`, then one line a person. Throws `validation_failed` with the line.
 */
export function readMappingCsv(text: string): MappingEntry[] {
  const [heading, ...lines] = readLines(text.replace(/^\uFEFF/, ''));
  const names = readHeading(heading?.cells ?? []);
  return lines.map((line) => readEntry(names, line));
}

interface Line {
  /** Counted as an editor does. */
  readonly number: number;
  readonly cells: readonly string[];
}

function readHeading(cells: readonly string[]): readonly (string | undefined)[] {
  const names = cells.map((cell) => nameOf(cell.toLowerCase().replaceAll(/[\s_-]/g, '')));
  const count = (name: string) => names.filter((each) => each === name).length;
  if (count('subject') === 1 && count('email') + count('oldSubject') === 1) return names;
  throw invalid(1, 'It must name the columns.', cells);
}

function nameOf(cell: string): string | undefined {
  for (const [spelling, name] of columns) if (spelling === cell) return name;
  return undefined;
}

function readEntry(names: readonly (string | undefined)[], { number, cells }: Line): MappingEntry {
  const cell = (name: string) => (names.includes(name) ? (cells[names.indexOf(name)] ?? '') : undefined);
  const [subject = '', email, oldSubject] = [cell('subject'), cell('email'), cell('oldSubject')];
  if (subject === '' || email === '' || oldSubject === '') throw invalid(number, 'A cell is empty.', cells);
  return { subject, ...(email !== undefined && { email }), ...(oldSubject !== undefined && { oldSubject }) };
}

function invalid(line: number, what: string, cells: readonly string[]): SsoError {
  return new SsoError('validation_failed', `Correct line ${line} of the list and send it again. ${what}`, {
    want: 'the columns "subject" and "email" (or "oldSubject"), and a value in both',
    got: cells.join(', '),
  });
}

/** All lines with anything in them. */
function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let [number, following, cells] = [1, 1, new Array<string>()];
  for (const { cell, end, breaks } of readCells(text)) {
    cells.push(cell);
    following += breaks;
    if (end !== 'line') continue;
    if (cells.some((each) => each !== '')) lines.push({ number, cells });
    [number, cells] = [following, []];
  }
  return lines;
}

interface Cell {
  readonly cell: string;
  /** What follows it: another cell of its line, or the end of the line. */
  readonly end: 'cell' | 'line';
  /** How many line ends it and its end hold. */
  readonly breaks: number;
}

function* readCells(text: string): Generator<Cell> {
  const separator = separatorOf(text);
  const pattern = new RegExp(
    `(?:"([^"]*(?:""[^"]*)*)"|([^"${separator}\\r\\n][^${separator}\\r\\n]*)?)(${separator}|\\r\\n|\\n|\\r|$)`,
    'y',
  );
  while (pattern.lastIndex < text.length) {
    const from = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) throw unreadable(text, from);
    const [whole, quoted, plain = '', end = ''] = found;
    const cell = quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"');
    // A list that ends in a separator ends in an empty cell.
    const last = pattern.lastIndex >= text.length;
    yield { cell, end: end === separator && !last ? 'cell' : 'line', breaks: countBreaks(whole) };
  }
}

/** Of the first line: what comes first in it. */
function separatorOf(text: string): string {
  const first = /[,;\t]/.exec(text.split(/[\r\n]/, 1)[0] ?? '');
  return first?.[0] ?? ',';
}

function unreadable(text: string, at: number): SsoError {
  const line = countBreaks(text.slice(0, at)) + 1;
  return invalid(line, 'A quote is not closed, or something follows it.', [text.slice(at, at + 40)]);
}

function countBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
