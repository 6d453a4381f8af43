import { parseJson, type ScimRequest } from '@gatehouse/scim';
import { DialectPlayer, directoryState, readDialects, type Send } from '@gatehouse/scim/testing';
import { asArray, asRecord, Gatehouse, text } from './gatehouse';
import { Organisation } from './organisation';

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
}, 60_000);

afterAll(() => gatehouse?.stop());

/** A tenant with a verified domain, and the way of a client to its directory. */
async function aTenant(slug: string): Promise<{ organisation: Organisation; send: Send }> {
  const organisation = new Organisation(gatehouse, slug);
  await organisation.register();
  await organisation.verifyDomain();
  const path = `${organisation.path}/directories`;
  const directory = await gatehouse.did('POST', path, { name: 'Directory' });
  const { secret } = await gatehouse.did('POST', `${path}/${text(directory['id'])}/tokens`, {
    name: 'Client',
  });
  return { organisation, send: sender(text(directory['baseUrl']), text(secret)) };
}

function sender(baseUrl: string, secret: string): Send {
  return async ({ method, path, query, headers, body }: ScimRequest) => {
    const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    );
    const answer = await fetch(`${baseUrl}${path}?${query ?? ''}`, {
      method,
      headers: [...given, ['authorization', `Bearer ${secret}`]],
      ...(body === undefined ? {} : { body }),
    });
    const said = await answer.text();
    return { status: answer.status, ...(said === '' ? {} : { body: parseJson(said) }) };
  };
}

/** Who has access to the tenant, besides its owner. */
async function activeMembers({ path, owner }: Organisation): Promise<unknown[]> {
  const { items } = await gatehouse.did('GET', `${path}/members`);
  const members = asArray(items).map(asRecord);
  const active = members.filter(({ suspendedAt }) => suspendedAt === undefined).map(({ email }) => email);
  return active.filter((email) => email !== owner).sort();
}

describe.each(readDialects())('$client', (dialect) => {
  it('gets the answers it needs, leaves what all clients leave, and the same people as members [SCM-2] [SCM-3] [SCM-9]', async () => {
    const { organisation, send } = await aTenant(dialect.folder);
    const player = new DialectPlayer(dialect, send, organisation.domain);
    for (const phase of dialect.phases) {
      await player.play(phase);
      const state = player.stateAfter(phase);
      expect({ [phase.name]: await directoryState(send) }).toEqual({ [phase.name]: state });
      const people = asArray(asRecord(state)['people']).map(asRecord);
      expect(await activeMembers(organisation)).toEqual(people.map(({ email }) => email).sort());
    }
  }, 60_000);
});
