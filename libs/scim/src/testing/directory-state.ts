import { listIn, objectIn } from './dialect';
import type { Send } from './play-dialect';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../json';

/** Who is active in a directory, and who of them is in which group: what all clients have to end in. */
export async function directoryState(send: Send): Promise<Json> {
  const people = await read(send, '/Users');
  const groups = await read(send, '/Groups');
  const active = people.filter((person) => person['active'] !== false);
  const names = new Map(active.map((person) => [person['id'], person['userName']]));
  return {
    people: sorted(active.map(personIn)),
    groups: sorted(groups.map((group) => groupIn(group, names))),
  };
}

async function read(send: Send, path: string): Promise<readonly JsonObject[]> {
  const { body } = await send({ method: 'GET', path, query: 'count=1000', headers: {} });
  const list = isJsonObject(body) ? (body['Resources'] ?? null) : null;
  return listIn(list).map((resource) => objectIn({ resource }, 'resource'));
}

function personIn({ userName = null, name, emails }: JsonObject): JsonObject {
  const { givenName = null, familyName = null } = isJsonObject(name) ? name : {};
  return { userName, givenName, familyName, email: workAddress(emails) };
}

function workAddress(emails: Json | undefined): Json {
  const work = isJsonList(emails) ? emails.filter(isJsonObject).filter(({ type }) => type === 'work') : [];
  return work.map(({ value = null }) => value)[0] ?? null;
}

function groupIn(
  { displayName = null, members }: JsonObject,
  names: ReadonlyMap<Json | undefined, Json | undefined>,
): JsonObject {
  const ids = isJsonList(members) ? members.filter(isJsonObject).map(({ value }) => value) : [];
  return { displayName, members: sorted(ids.flatMap((id) => names.get(id) ?? [])) };
}

function sorted(values: readonly Json[]): readonly Json[] {
  return [...values].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
