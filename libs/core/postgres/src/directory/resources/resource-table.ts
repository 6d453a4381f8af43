import {
  groupType,
  userType,
  type Columns,
  type ResourceType,
  type SqlColumn,
  type SqlIndexed,
  type SqlRows,
  type SqlSource,
} from '@gatehouse/scim';

/** How the resources of one type lie in the database; `r` is a row of its table. */
export interface ResourceTable {
  readonly name: 'directory_people' | 'directory_groups';
  readonly type: ResourceType;
  /** Which rows are resources: a deleted person is none. */
  readonly present: string;
  /** What is looked up and sorted by without reading the document. */
  readonly columns: Columns;
  /** The attribute that is rows of another table, and how they are read. */
  readonly part: { readonly attribute: string; readonly sql: string };
  /** Which count of the tally is the number of all. */
  readonly tally: 'people' | 'groups';
}

type Sources = Readonly<Record<string, SqlSource>>;

const text = (sql: string): SqlColumn => ({ sql, type: 'text' });
const lowerText = (sql: string): SqlColumn => ({ sql, type: 'text', lower: true });
const time = (sql: string): SqlColumn => ({ sql, type: 'time' });

function common({ name, schema }: ResourceType): Sources {
  return {
    id: text('r.id'),
    externalId: text('r.external_id'),
    'meta.created': time('r.created_at'),
    'meta.lastModified': time('r.updated_at'),
    'meta.resourceType': text(`'${name}'::text`),
    'meta.version': text(`('W/"' || r.version || '"')`),
    // An extension stands in the document under its URN.
    schemas: {
      from: `(SELECT '${schema.id}' AS urn UNION ALL SELECT jsonb_object_keys(r.document)) s`,
      where: `s.urn LIKE 'urn:%'`,
      column: () => text('s.urn'),
    },
  };
}

const groupsOfPerson: SqlRows = {
  from: 'directory_group_members x JOIN directory_groups g ON g.id = x.group_id',
  where: 'x.person_id = r.id',
  column: columnOf({ value: text('g.id'), display: text('g.display_name'), type: text(`'direct'::text`) }),
};

// Most people have one address. Of the rest the document is asked.
const byOnlyEmail: SqlIndexed = {
  among: (part, address, bind) =>
    part === 'value' ? `(r.only_email = ${bind(address)}::text OR r.only_email IS NULL)` : undefined,
};

const membersOfGroup: SqlRows = {
  from: 'directory_group_members x JOIN directory_people p ON p.id = x.person_id',
  where: 'x.group_id = r.id',
  column: columnOf({
    value: text('x.person_id'),
    display: text('coalesce(p.name, p.user_name)'),
    type: text(`'User'::text`),
  }),
};

function columnOf(columns: Readonly<Record<string, SqlColumn>>): SqlRows['column'] {
  const known = new Map(Object.entries(columns));
  // Whoever names no part means the value (RFC 7643 2.4).
  return (part = 'value') => known.get(part);
}

function columnsIn(sources: Sources): Columns {
  const known = new Map(Object.entries(sources));
  return ({ extension, attribute, sub }) =>
    extension === undefined ? known.get(sub ? `${attribute.name}.${sub.name}` : attribute.name) : undefined;
}

export const peopleTable: ResourceTable = {
  name: 'directory_people',
  type: userType,
  present: 'AND r.deleted_at IS NULL',
  columns: columnsIn({
    ...common(userType),
    userName: lowerText('r.user_name_key'),
    active: { sql: 'r.active', type: 'boolean' },
    groups: groupsOfPerson,
    emails: byOnlyEmail,
  }),
  part: {
    attribute: 'groups',
    sql: `(SELECT jsonb_agg(jsonb_build_object('value', g.id, 'display', g.display_name, 'type', 'direct') ORDER BY g.id)
      FROM directory_group_members x JOIN directory_groups g ON g.id = x.group_id WHERE x.person_id = r.id)`,
  },
  tally: 'people',
};

export const groupTable: ResourceTable = {
  name: 'directory_groups',
  type: groupType,
  present: '',
  columns: columnsIn({
    ...common(groupType),
    displayName: lowerText('r.display_name_key'),
    members: membersOfGroup,
  }),
  part: {
    attribute: 'members',
    sql: `(SELECT jsonb_agg(jsonb_build_object('value', p.id, 'display', coalesce(p.name, p.user_name), 'type', 'User')
        ORDER BY p.id)
      FROM directory_group_members x JOIN directory_people p ON p.id = x.person_id WHERE x.group_id = r.id)`,
  },
  tally: 'groups',
};
