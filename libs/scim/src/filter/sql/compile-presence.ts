import type { AttributeRef } from '../../schema/attribute';
import type { SqlColumn } from './sql-column';
import type { SqlValue } from './sql-value';

/** RFC 7644 3.4.2.2, `pr`: true where `isPresent` is. What has parts is there where one of its parts is. */
export function compilePresence({ attribute, sub }: AttributeRef, value: SqlValue): string {
  const column = value.column(sub);
  if (column) return hasContent(column);
  const parts = sub ? [] : (attribute.subAttributes ?? []).flatMap((part) => value.column(part) ?? []);
  return `(${[...parts.map(hasContent), hasLeaf(value.json(sub))].join(' OR ')})`;
}

const hasContent = ({ sql, type }: SqlColumn): string =>
  type === 'text' ? `${sql} <> ''` : `${sql} IS NOT NULL`;

const leaf = '@.type() == "number" || @.type() == "boolean" || (@.type() == "string" && @ != "")';

const hasLeaf = (json: string): string => `jsonb_path_exists(${json}, 'strict $.** ? (${leaf})')`;
