import { LocalSignIn, ProveFactor, type LocalOutcome, type LocalStep } from '@gatehouse/core';
import { createTestDatabase, type TestDatabase } from '../testing';
import { CredentialDesk } from '../testing/credential-desk';
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
