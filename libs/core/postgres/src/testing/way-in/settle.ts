import type { Person } from '@gatehouse/core';
import type { MemberFacts, TenantFacts } from './oracle';
import type { Place, World } from './world';

type Roles = readonly (MemberFacts['role'] | undefined)[];

/** What each of four people is in each of two organisations. */
const roles: readonly Roles[] = [
  ['owner', 'member'],
  ['member', 'owner'],
  ['admin', 'viewer'],
  ['member', undefined],
];

/** Of these the last never linked an account. */
const unlinked = 3;

/** Two organisations and four people, by number: as the database has them, and what is true of them. */
export async function settle(world: World) {
  const places = [await world.openPlace(), await world.openPlace()];
  const [first] = places;
  const directory = first && (await world.openDirectory(first));
  const tenants = places.map((): TenantFacts => ({
    ...{ sso: 'optional', breakGlass: 'owner', secondFactor: 'if-enrolled' },
    ...{ entitled: true, suspended: false, outage: false },
  }));
  const people: (Person | undefined)[][] = [];
  const members: (MemberFacts | undefined)[][] = [];
  for (const [who, own] of roles.entries()) {
    const linked = who !== unlinked;
    const persons = await joinAll(world, places, `p${who}@${places[0]?.domain}`, own, linked);
    members.push(own.map((role) => role && aMember(role, linked)));
    people.push(persons);
    if (persons[0]) await world.resetPassword(persons[0].user);
  }
  return { places, directory, tenants, people, members };
}

async function joinAll(
  world: World,
  places: readonly Place[],
  email: string,
  own: Roles,
  linked: boolean,
): Promise<(Person | undefined)[]> {
  const persons: (Person | undefined)[] = [];
  for (const [at, place] of places.entries()) {
    const role = own[at];
    const person = role && (await world.join(place, email, role));
    if (person && linked) await world.link(place, person.user);
    persons.push(person);
  }
  return persons;
}

function aMember(role: MemberFacts['role'], linked: boolean): MemberFacts {
  return { role, own: 'inherit', exemptUntil: 0, suspended: false, linked };
}
