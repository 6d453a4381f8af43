import { z } from 'zod';
import { benchPerson, numbered, userNameOf } from './bench-person';
import { groupMembers, type BenchDirectory } from './directory';
import type { ScimAnswer, ScimRequest } from './scim-client';

/** One thing that clients of a directory do, and what a right answer to it looks like. */
export interface Operation {
  readonly name: string;
  /** How many times the peer's rate is to be reached, and aimed at; absent where only we can do it. */
  readonly times?: { readonly least: number; readonly aim?: number; readonly fromSize?: number };
  /** How many requests belong together, because the later ones take back what the first did; one where nothing is said. */
  readonly steps?: number;
  /** Whether it changes one member of a group of thousands. */
  readonly inGroup?: boolean;
  request(directory: BenchDirectory, turn: Turn): ScimRequest;
  isRight(answer: ScimAnswer, directory: BenchDirectory, turn: Turn): boolean;
}

/** `turn` grows by one a request; `client` of `clients` keeps to people of its own. */
export interface Turn {
  readonly turn: number;
  readonly client: number;
  readonly clients: number;
}

const pageSize = 100;
const patchMessage = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const department = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';
const readAndWrite = { least: 1.5, aim: 3 };
const list = z.object({ totalResults: z.number(), Resources: z.array(z.unknown()).default([]) });

/** People in no order, each client's its own; a write and its undoing meet the same person in two turns. */
function someone({ size }: BenchDirectory, { turn, client, clients }: Turn, turnsEach = 1): number {
  const lots = Math.floor(size / clients);
  return ((Math.floor(turn / turnsEach) * 7919) % lots) * clients + client;
}

function filter(text: string, count = pageSize): string {
  return `/Users?filter=${encodeURIComponent(text)}&startIndex=1&count=${count}`;
}

function patch(path: string, Operations: readonly unknown[]): ScimRequest {
  return { method: 'PATCH', path, body: { schemas: [patchMessage], Operations } };
}

function changed({ status }: ScimAnswer): boolean {
  return status === 200 || status === 204;
}

function listed(answer: ScimAnswer): { readonly total: number; readonly here: number } {
  if (answer.status !== 200) return { total: -1, here: -1 };
  const { totalResults, Resources } = list.parse(JSON.parse(answer.body));
  return { total: totalResults, here: Resources.length };
}

const get: Operation = {
  name: 'get',
  times: readAndWrite,
  request: (directory, turn) => ({
    method: 'GET',
    path: `/Users/${directory.idOf(someone(directory, turn))}`,
  }),
  isRight: ({ status, body }, directory, turn) =>
    status === 200 && body.includes(userNameOf(someone(directory, turn), directory.domain)),
};

const filterHit: Operation = {
  name: 'filter by userName, hit',
  times: readAndWrite,
  request: (directory, turn) => ({
    method: 'GET',
    path: filter(`userName eq "${userNameOf(someone(directory, turn), directory.domain)}"`),
  }),
  isRight: (answer) => listed(answer).total === 1,
};

const filterMiss: Operation = {
  name: 'filter by userName, miss',
  times: readAndWrite,
  request: ({ domain }, { turn }) => ({
    method: 'GET',
    path: filter(`userName eq "nobody-${turn}@${domain}"`),
  }),
  isRight: (answer) => listed(answer).total === 0,
};

const filterExternal: Operation = {
  name: 'filter by externalId',
  request: (directory, turn) => ({
    method: 'GET',
    path: filter(`externalId eq "external-${numbered(someone(directory, turn))}"`),
  }),
  isRight: (answer) => listed(answer).total === 1,
};

const filterActive: Operation = {
  name: 'filter by active, 100 of them',
  request: () => ({ method: 'GET', path: filter('active eq true') }),
  isRight: (answer, { size }) => listed(answer).here === pageSize && listed(answer).total >= size - 100,
};

const page: Operation = {
  name: 'first page of 100',
  times: { least: 4 },
  request: () => ({ method: 'GET', path: `/Users?startIndex=1&count=${pageSize}` }),
  isRight: (answer, { size }) => listed(answer).here === pageSize && listed(answer).total >= size,
};

const deepPage: Operation = {
  name: 'last page of 100',
  times: { least: 50, fromSize: 100_000 },
  request: ({ size }) => ({
    method: 'GET',
    path: `/Users?startIndex=${size - pageSize + 1}&count=${pageSize}`,
  }),
  isRight: (answer, { size }) => listed(answer).here === pageSize && listed(answer).total >= size,
};

const patchEntra: Operation = {
  name: "PATCH as Entra's: title, phone, department",
  times: readAndWrite,
  request: (directory, turn) =>
    patch(`/Users/${directory.idOf(someone(directory, turn))}`, [
      { op: 'Add', path: 'title', value: `Engineer ${turn.turn}` },
      { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: `+49 30 ${turn.turn}` },
      { op: 'Replace', path: department, value: `Research ${turn.turn}` },
    ]),
  isRight: changed,
};

const patchName: Operation = {
  name: "PATCH as Okta's: another name",
  times: readAndWrite,
  request: (directory, turn) =>
    patch(`/Users/${directory.idOf(someone(directory, turn))}`, [
      {
        op: 'replace',
        value: {
          displayName: `Robin Changed ${turn.turn}`,
          name: { givenName: 'Robin', familyName: `Changed ${turn.turn}` },
        },
      },
    ]),
  isRight: changed,
};

const patchOkta: Operation = {
  name: "PATCH as Okta's: off, and on again",
  times: readAndWrite,
  steps: 2,
  request: (directory, turn) =>
    patch(`/Users/${directory.idOf(someone(directory, turn, 2))}`, [
      { op: 'replace', value: { active: turn.turn % 2 === 1 } },
    ]),
  isRight: changed,
};

const patchGroup: Operation = {
  name: 'one member of a group out, and in again',
  inGroup: true,
  times: readAndWrite,
  steps: 2,
  request: (directory, turn) => {
    const member = directory.idOf(100 + someone(inGroup(directory), turn, 2));
    const path = `/Groups/${directory.groupId}`;
    return turn.turn % 2 === 0
      ? patch(path, [{ op: 'remove', path: `members[value eq "${member}"]` }])
      : patch(path, [{ op: 'add', path: 'members', value: [{ value: member }] }]);
  },
  isRight: changed,
};

function inGroup(directory: BenchDirectory): BenchDirectory {
  return { ...directory, size: groupMembers(directory.size).length };
}

/** The last: the directory grows by it. */
const create: Operation = {
  name: 'create',
  times: { least: 2, aim: 4 },
  request: ({ domain, size }, { turn, client, clients }) => ({
    method: 'POST',
    path: '/Users',
    body: benchPerson(size + turn * clients + client, domain),
  }),
  isRight: ({ status }) => status === 201,
};

/** In the order in which they are measured. */
export const operations: readonly Operation[] = [
  get,
  filterHit,
  filterMiss,
  filterExternal,
  filterActive,
  page,
  deepPage,
  patchEntra,
  patchName,
  patchOkta,
  patchGroup,
  create,
];
