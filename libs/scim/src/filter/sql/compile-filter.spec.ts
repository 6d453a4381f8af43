import { assert, property, string } from 'fast-check';
import { userType } from '../../schema/resource-types';
import { parseFilter } from '../parse-filter';
import { compileFilter } from './compile-filter';
import type { Columns } from './sql-column';

const columns: Columns = ({ attribute: { name }, sub }) => {
  if (name === 'userName') return { sql: 'user_name_key', type: 'text', lower: true };
  if (name === 'externalId') return { sql: 'external_id', type: 'text' };
  if (name === 'active') return { sql: 'active', type: 'boolean' };
  if (sub?.name === 'created') return { sql: 'created_at', type: 'time' };
  if (name === 'groups')
    return {
      from: 'seats AS s',
      where: 's.person = id',
      column: (part) => (part === 'value' ? { sql: 's.of', type: 'text' } : undefined),
    };
  return undefined;
};

function compiled(filter: string, of = columns): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const sql = compileFilter(parseFilter(filter, userType), of, (value) => `$${values.push(value)}`);
  return { sql, values };
}

describe('a filter as SQL [SCM-6]', () => {
  it('asks columns as they are, so that an index on them answers', () => {
    expect(compiled('userName eq "BJensen"')).toEqual({
      sql: 'user_name_key = $1::text',
      values: ['bjensen'],
    });
    expect(compiled('externalId eq "Ab"')).toEqual({ sql: 'external_id = $1::text', values: ['Ab'] });
    expect(compiled('active eq true and userName sw "J"')).toEqual({
      sql: '(active = TRUE AND user_name_key ^@ $1::text)',
      values: ['j'],
    });
    expect(compiled('meta.created ge "2026-01-01T00:00:00Z"')).toEqual({
      sql: 'created_at >= $1::timestamptz',
      values: ['2026-01-01T00:00:00.000Z'],
    });
    expect(compiled('groups[value eq "g"]')).toEqual({
      sql: 'EXISTS (SELECT FROM seats AS s WHERE s.person = id AND (s.of = $1::text))',
      values: ['g'],
    });
  });

  it('takes the wildcards of LIKE for letters', () => {
    expect(compiled('externalId co "100%_\\\\"').values).toEqual(['%100\\%\\_\\\\%']);
  });

  it('asks the document for the rest', () => {
    expect(compiled('title eq "Boss"')).toEqual({
      sql: 'lower((document ->> $1::text) COLLATE "und-x-icu") = $2::text',
      values: ['title', 'boss'],
    });
  });

  it('is the same text whatever the value: nothing of a client is in it but as a parameter', () => {
    const forms = [
      'userName eq ?',
      'title co ?',
      'emails[value eq ? or type sw ?]',
      'id gt ?',
      'urn:a:b:c.d ne ?',
    ];
    assert(
      property(string({ unit: 'grapheme' }), (value) => {
        for (const form of forms)
          expect(compiled(form.replaceAll('?', () => JSON.stringify(value.replaceAll('\0', '')))).sql).toBe(
            compiled(form.replaceAll('?', '"x"')).sql,
          );
      }),
    );
    const named = compiled(`urn:x:y';DROP--:User:a.b eq "c"`);
    expect(named.sql).toBe(compiled('urn:x:User:a.b eq "c"').sql);
    expect(named.values).toContain(`urn:x:y';DROP--:User`);
  });

  it('binds no parameter that it does not use', () => {
    for (const filter of [
      'name pr',
      'meta pr',
      'emails pr',
      'title eq null',
      'urn:a:b:c.d eq true',
      'groups ne "g"',
    ]) {
      const { sql, values } = compiled(filter);
      values.forEach((_, index) => expect(sql).toMatch(new RegExp(`\\$${index + 1}\\b`, 'u')));
    }
  });

  it('has no order for moments in JSON: whoever keeps them there is told so', () => {
    expect(() => compiled('meta.created pr', () => undefined)).not.toThrow();
    expect(() => compiled('meta.created gt "2026-01-01T00:00:00Z"', () => undefined)).toThrow(
      'needs a column',
    );
  });
});
