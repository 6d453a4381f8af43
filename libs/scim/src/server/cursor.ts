import { createHash } from 'node:crypto';
import { isJsonList, isJsonObject, type Json } from '../json';
import { parseJson } from '../parse-json';
import type { Position } from '../resource-store';
import type { Attribute } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** What a cursor leads through: it is of no use for another question. */
export interface CursorQuestion {
  readonly endpoint: string;
  readonly filter: string | undefined;
  readonly sortBy: string | undefined;
  readonly descending: boolean;
}

/** RFC 9865 2.1: opaque, in unreserved characters. `part` says in which of several types the next page begins. */
export interface Bookmark {
  readonly part: number;
  readonly position: Position | undefined;
}

export function writeCursor(bookmark: Bookmark, question: CursorQuestion, expiresAt: Date): string {
  const { part, position } = bookmark;
  const seconds = Math.floor(expiresAt.getTime() / 1000);
  const fields = [seconds, digest(question), part, position?.key ?? null, position?.id ?? ''];
  return Buffer.from(JSON.stringify(fields)).toString('base64url');
}

/** `sortedBy` is whose values the keys are: a key of another type was not written by us. */
export function readCursor(
  cursor: string,
  question: CursorQuestion,
  sortedBy: Attribute | undefined,
  now: Date,
): Bookmark {
  const { seconds, asked, part, key, id } = fieldsOf(cursor);
  if (asked !== digest(question)) {
    throw invalid('It belongs to another filter or sort order; a cursor leads through one question only.');
  }
  if (seconds * 1000 <= now.getTime()) {
    throw new ScimError(400, `The cursor has expired. ${beginAgain}`, 'expiredCursor');
  }
  if (!fits(key, sortedBy)) throw invalid('Its position is none of ours.');
  return { part, position: id === '' ? undefined : { key, id } };
}

const beginAgain = 'Begin again with an empty cursor.';

function invalid(why: string): ScimError {
  return new ScimError(400, `The cursor is not valid. ${why} ${beginAgain}`, 'invalidCursor');
}

function digest({ endpoint, filter, sortBy, descending }: CursorQuestion): string {
  const text = JSON.stringify([endpoint, filter ?? '', sortBy?.toLowerCase() ?? '', descending]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

const foreign = 'It is none of ours.';

function fieldsOf(cursor: string) {
  const [seconds, asked, part, key, id] = listIn(cursor);
  if (typeof seconds !== 'number' || typeof asked !== 'string') throw invalid(foreign);
  if (part !== 0 && part !== 1) throw invalid(foreign);
  if (typeof id !== 'string' || key === undefined) throw invalid(foreign);
  if (isJsonObject(key) || isJsonList(key)) throw invalid(foreign);
  return { seconds, asked, part, key, id };
}

function listIn(cursor: string): readonly Json[] {
  try {
    const json = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
    return isJsonList(json) ? json : [];
  } catch (error) {
    if (error instanceof ScimError) throw invalid(foreign);
    throw error;
  }
}

function fits(key: Position['key'], sortedBy: Attribute | undefined): boolean {
  if (key === null || sortedBy === undefined) return true;
  switch (sortedBy.type) {
    case 'boolean':
      return typeof key === 'boolean';
    case 'integer':
    case 'decimal':
      return typeof key === 'number';
    case 'dateTime':
      return typeof key === 'string' && isMoment(key);
    default:
      return typeof key === 'string';
  }
}

function isMoment(text: string): boolean {
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text;
}
