import {
  EnterLocally,
  LocalSignIn,
  Passwords,
  ProveFactor,
  SessionOpener,
  type LocalOutcome,
  type LocalPorts,
  type LocalStep,
  type User,
} from '@gatehouse/core';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing';
import { CredentialDesk } from '../testing/credential-desk';
import { chance } from '../testing/given';
import { aMemberOf, aTenantWith } from '../testing/given-enforcement';
import { Browser, password, visitor } from '../testing/local-browser';

let database: TestDatabase;
let desk: CredentialDesk;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = new CredentialDesk(database.app);
});
afterAll(() => database.drop());

/** Takes its time before anything is counted, in which the browser goes on with something else. */
class SlowProof extends ProveFactor {
  constructor(private readonly meanwhile: () => Promise<unknown>) {
    super({ ...desk.parts, passkeys: desk.parts.passkeyProofs });
  }

  override async prove(...given: Parameters<ProveFactor['prove']>): ReturnType<ProveFactor['prove']> {
    await this.meanwhile();
    return super.prove(...given);
  }
}

/** One step in a browser that begins to sign somebody else in while that is looked at. */
function stepWhile(
  browser: Browser,
  step: LocalStep,
  meanwhile: () => Promise<unknown>,
): Promise<LocalOutcome> {
  const { passkeyProofs: passkeys, deploymentAudit: audit } = desk.parts;
  const signIn = new LocalSignIn({ ...desk.parts, passkeys, audit, factor: new SlowProof(meanwhile) });
  return signIn.continue({ ...visitor, browserKey: browser.browserKey, interactionId: 'interaction', step });
}

async function aPerson() {
  const { user } = await aMemberOf(database.app, await aTenantWith(database.app, { sso: 'off' }));
  await desk.givePassword(user, password);
  return user;
}

describe('a second factor that is proven while the browser begins as somebody else', () => {
  it('opens nothing of the first by a code of the second: who has a password has no second factor by that [LOG-5] [LOG-6]', async () => {
    const [victim, attacker] = [await aPerson(), await aPerson()];
    await desk.giveTotp(victim);
    const code = await desk.giveTotp(attacker);
    const browser = new Browser(desk);
    await expect(browser.enter(victim.email)).resolves.toMatchObject({ kind: 'second-factor' });
    const outcome = await stepWhile(browser, { kind: 'totp', code: code() }, () =>
      browser.enter(attacker.email),
    );
    expect(outcome).toEqual({ kind: 'expired' });
    await expect(browser.step({ kind: 'totp', code: code() })).resolves.toMatchObject({
      kind: 'signed-in',
      session: { userId: attacker.id },
    });
  });

  it('tries no code of the second at the pace of the first [LOG-5] [SEC-1]', async () => {
    const [attacker, victim] = [await aPerson(), await aPerson()];
    await desk.giveTotp(attacker);
    const code = await desk.giveTotp(victim);
    const browser = new Browser(desk);
    await browser.enter(attacker.email);
    const outcome = await stepWhile(browser, { kind: 'totp', code: code() }, () =>
      browser.enter(victim.email),
    );
    expect(outcome).toEqual({ kind: 'expired' });
  });
});

/** Opens sessions once something else has happened. */
class SlowOpener extends SessionOpener {
  constructor(private readonly meanwhile: () => Promise<unknown>) {
    const { sessions, emergencies, factors, clock } = desk.parts;
    super(sessions, emergencies, factors, clock, chance, 3_600_000);
  }

  override async open(...given: Parameters<SessionOpener['open']>): ReturnType<SessionOpener['open']> {
    await this.meanwhile();
    return super.open(...given);
  }
}

/** Looks at a password, after which something else happens. */
class SlowPasswords extends Passwords {
  constructor(private readonly meanwhile: () => Promise<unknown>) {
    super(desk.parts, []);
  }

  override async prove(...given: Parameters<Passwords['prove']>): ReturnType<Passwords['prove']> {
    const proven = await super.prove(...given);
    await this.meanwhile();
    return proven;
  }
}

function enterBy(parts: Partial<LocalPorts>, email: string): Promise<LocalOutcome> {
  const { passkeyProofs: passkeys, deploymentAudit: audit, factor } = desk.parts;
  const signIn = new LocalSignIn({ ...desk.parts, passkeys, audit, factor, ...parts });
  return signIn.begin({ ...visitor, browserKey: 'some browser', email, password });
}

describe('a password that is changed while it signs somebody in', () => {
  async function change(user: User): Promise<void> {
    desk.parts.clock.pass(1);
    await desk.givePassword(user, 'seven otters in a canoe');
  }

  it('opens nothing where it was right when it was looked at [LOG-5] [SES-3]', async () => {
    const user = await aPerson();
    const passwords = new SlowPasswords(() => change(user));
    await expect(enterBy({ passwords }, user.email)).resolves.toEqual({ kind: 'expired' });
  });

  it('leaves no session behind that opened just after the others had ended [LOG-5] [SES-3]', async () => {
    const user = await aPerson();
    const sessions = new SlowOpener(() => change(user));
    const entry = new EnterLocally({ ...desk.parts, sessions });
    await expect(enterBy({ entry }, user.email)).resolves.toEqual({ kind: 'expired' });
    const open = desk.parts.sessions.listOfUserAnywhere(user.id, desk.parts.clock.now());
    await expect(open).resolves.toEqual([]);
  });

  it('waits for a change that is being written, and sees it [LOG-5] [SES-3]', async () => {
    const user = await aPerson();
    const authenticatedAt = desk.parts.clock.now();
    const asked = { userId: user.id, via: 'password', authenticatedAt } as const;
    await expect(desk.parts.states.isUnchangedAnywhere(asked)).resolves.toBe(true);
    const other = new Client({ connectionString: database.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query(`UPDATE passwords SET changed_at = changed_at + interval '1 day' WHERE user_id = $1`, [
      user.id,
    ]);
    const unchanged = desk.parts.states.isUnchangedAnywhere(asked);
    for (let turn = 0; turn < 20; turn++) await other.query('SELECT 1');
    await other.query('COMMIT');
    await other.end();
    await expect(unchanged).resolves.toBe(false);
  });
});
