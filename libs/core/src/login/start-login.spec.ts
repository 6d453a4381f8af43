import { Protocols } from '../connections/protocols';
import { SystemChance } from '../shared/chance';
import { SystemClock } from '../shared/clock';
import { hashToken } from '../shared/token';
import { aConnection } from '../testing';
import type { LoginFlow, RoundLimit } from './login-flow';
import { StartLogin } from './start-login';

const idp = {
  entityId: 'e',
  sso: [{ binding: 'redirect', url: 'https://idp.example/sso' }],
  slo: [],
  certificates: [],
  wantsSignedRequests: false,
} as const;

function startLogin(protocols = new Protocols()) {
  const started: LoginFlow[] = [];
  const start = async (_: string, flow: LoginFlow, limit?: RoundLimit) => {
    const earlier = started.filter(({ startedAt }) => limit && startedAt > limit.since).length;
    if (limit && earlier >= limit.most) return 'looping';
    started.push(flow);
    return 'started';
  };
  const flows = { start } as const;
  const unused = () => Promise.reject(new Error('not asked'));
  const store = { ...flows, findOpen: unused, take: unused, leave: unused, finishAnywhere: unused };
  return { started, start: new StartLogin(store, protocols, new SystemClock(), new SystemChance()) };
}

describe('StartLogin', () => {
  it('gives each request an ID of 160 bits that is an xs:ID [SML-5]', async () => {
    const { start } = startLogin();
    const begin = () => start.begin(aConnection({ idp }), { purpose: 'sign-in', browserKey: 'key' });
    const [first, second] = [await begin(), await begin()];
    expect(first.requestId).toMatch(/^_[0-9a-f]{40}$/);
    expect(first.requestId).not.toBe(second.requestId);
  });

  it('keeps the browser key as a digest, and for a quarter of an hour', async () => {
    const { start, started } = startLogin();
    await start.begin(aConnection({ idp }), { purpose: 'sign-in', browserKey: 'key', interactionId: 'uid' });
    expect(started).toMatchObject([{ browserKeyHash: hashToken('key'), interactionId: 'uid' }]);
    const [flow] = started;
    expect(flow && flow.expiresAt.getTime() - flow.startedAt.getTime()).toBe(15 * 60_000);
  });

  it('begins a test of a connection that is off, but no sign-in [CON-8]', async () => {
    const { enabledAt: _, ...off } = aConnection({ idp });
    const { start } = startLogin();
    expect(await start.begin(off, { purpose: 'test', browserKey: 'key' })).toMatchObject({ purpose: 'test' });
    await expect(start.begin(off, { purpose: 'sign-in', browserKey: 'key' })).rejects.toMatchObject({
      code: 'connection_disabled',
    });
  });

  it('begins nothing by a protocol that the operator closed, no test either [CON-20]', async () => {
    const { start, started } = startLogin(new Protocols(['saml']));
    for (const purpose of ['test', 'sign-in'] as const)
      await expect(start.begin(aConnection({ idp }), { purpose, browserKey: 'key' })).rejects.toMatchObject({
        code: 'protocol_disabled',
      });
    expect(started).toEqual([]);
  });

  it('refuses a connection of whose identity provider nothing is known', async () => {
    const { start } = startLogin();
    await expect(start.begin(aConnection(), { purpose: 'test', browserKey: 'key' })).rejects.toMatchObject({
      code: 'connection_incomplete',
    });
  });
});
