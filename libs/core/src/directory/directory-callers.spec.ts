import { createTokenSecret } from '../api-tokens/token-secret';
import { SystemChance } from '../shared/chance';
import { directoryId, directoryTokenId, tenantId } from '../shared/ids';
import { LocalRateLimits } from '../shared/local-rate-limits';
import { SsoError } from '../shared/sso-error';
import { hashToken } from '../shared/token';
import { startingPolicy } from '../tenants/sign-in-policy';
import type { DirectoryToken, DirectoryTokenView } from './directory';
import { DirectoryCallers, requireRunning } from './directory-callers';
import { DirectoryTokenStore } from './directory-token-store';

const chance = new SystemChance();
const now = new Date('2026-03-01T12:00:00.000Z');
const secret = createTokenSecret(chance, 'scim_');
const id = directoryId.create(now, chance);
const tenant = tenantId.create(now, chance);

function aView(given: Partial<DirectoryToken> = {}): DirectoryTokenView {
  return {
    token: {
      ...{ id: directoryTokenId.create(now, chance), tenantId: tenant, directoryId: id, name: 'Okta' },
      ...{ createdAt: now, createdBy: { kind: 'operator' }, expiresAt: new Date(now.getTime() + 1) },
      ...given,
    },
    directory: {
      ...{
        id,
        tenantId: tenant,
        name: 'Okta',
        defaultRole: 'member',
        pairing: { by: 'email' },
        createdAt: now,
      },
    },
    tenant: {
      ...{ id: tenant, slug: 'acme', name: 'Acme', associateByEmail: false, policy: startingPolicy },
      ...{ ssoEntitled: true, createdAt: now },
    },
  };
}

/** Knows one secret; notes which hashes were asked for, and which uses were noted. */
class OneToken extends DirectoryTokenStore {
  readonly asked: string[] = [];
  readonly used: Date[] = [];

  constructor(private readonly view: DirectoryTokenView) {
    super();
  }

  async findByHashAnywhere(hash: string): Promise<DirectoryTokenView | undefined> {
    this.asked.push(hash);
    return hash === hashToken(secret) ? this.view : undefined;
  }

  async noteUse(_tenant: unknown, _id: unknown, at: Date): Promise<void> {
    this.used.push(at);
    throw new Error('The database is away.');
  }

  add = () => Promise.reject(new Error('asked for by nobody'));
  list = () => Promise.reject(new Error('asked for by nobody'));
  revoke = () => Promise.reject(new Error('asked for by nobody'));
}

function callersOf(view: DirectoryTokenView, most?: number) {
  const store = new OneToken(view);
  return { store, callers: new DirectoryCallers(store, new LocalRateLimits(), { now: () => now }, most) };
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'let in';
  } catch (error) {
    return error instanceof SsoError ? error.code : String(error);
  }
}

describe("whose directory's client calls", () => {
  it('is told by the secret, at the address of its own directory only [SCM-5] [SEC-3]', async () => {
    const view = aView();
    const { callers } = callersOf(view);
    await expect(callers.identify(id, secret)).resolves.toBe(view);
    for (const other of [directoryId.create(now, chance), id.toUpperCase(), `${id} `, '', 'dir_1'])
      await expect(codeOf(callers.identify(other, secret))).resolves.toBe('not_found');
  });

  it('asks the database about nothing that could be no secret of a directory [SCM-5] [SEC-1]', async () => {
    const { store, callers } = callersOf(aView());
    const mistyped = secret.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const wrong of ['', 'garbage', mistyped, createTokenSecret(chance), secret.replace('scim_', '')])
      await expect(codeOf(callers.identify(id, wrong))).resolves.toBe('credential_invalid');
    expect(store.asked).toEqual([]);
    const unknown = createTokenSecret(chance, 'scim_');
    await expect(codeOf(callers.identify(id, unknown))).resolves.toBe('credential_invalid');
    expect(store.asked).toEqual([hashToken(unknown)]);
  });

  it('lets in who has a token that works, in a tenant that does [SCM-5]', async () => {
    const verdict = (view: DirectoryTokenView) => codeOf(callersOf(view).callers.requireOpen(view));
    await expect(verdict(aView())).resolves.toBe('let in');
    await expect(verdict(aView({ expiresAt: now }))).resolves.toBe('token_expired');
    await expect(verdict(aView({ revokedAt: now }))).resolves.toBe('token_revoked');
    await expect(callersOf(aView()).callers.requireOpen(aView({ expiresAt: now }))).rejects.toThrow(
      'Enter the one that replaces it',
    );
    const suspended = { ...aView().tenant, suspendedAt: now };
    await expect(verdict({ ...aView(), tenant: suspended })).resolves.toBe('tenant_suspended');
  });

  it('lets a directory ask so often, whichever of its tokens it shows, and says when to go on [SEC-1] [SCM-5]', async () => {
    const { callers } = callersOf(aView(), 60);
    for (let n = 0; n < 60; n += 1) await callers.requireOpen(aView());
    await expect(codeOf(callers.requireOpen(aView()))).resolves.toBe('rate_limited');
    await expect(callers.requireOpen(aView())).rejects.toMatchObject({ details: { seconds: 1, refused: 2 } });
    const other = { ...aView().directory, id: directoryId.create(now, chance) };
    await expect(codeOf(callers.requireOpen({ ...aView(), directory: other }))).resolves.toBe('let in');
  });

  it('notes a use once a minute, and lets in where it cannot be noted [SCM-5]', async () => {
    const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
    for (const [lastUsedAt, noted] of [
      [undefined, 1],
      [before(59), 0],
      [before(60), 1],
    ] as const) {
      const view = aView(lastUsedAt && { lastUsedAt });
      const { store, callers } = callersOf(view);
      await callers.requireOpen(view);
      expect(store.used).toHaveLength(noted);
    }
  });

  it('is told to come later while the directory is paused [SCM-5]', async () => {
    expect(() => requireRunning(aView().directory)).not.toThrow();
    expect(() => requireRunning({ ...aView().directory, pausedAt: now })).toThrow(
      /paused: nothing was read or written/,
    );
  });
});
