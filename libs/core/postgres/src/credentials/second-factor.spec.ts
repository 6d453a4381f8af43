import type { NewPerson } from '@gatehouse/core';
import { PostgresSweeper } from '../sweeper';
import { createTestDatabase, type TestDatabase } from '../testing';
import { codeOf } from '../testing/authenticator-app';
import { CredentialDesk } from '../testing/credential-desk';
import { later } from '../testing/given';
import { aMemberOf, aTenantWith } from '../testing/given-enforcement';
import { SoftAuthenticator } from '../testing/soft-authenticator';
import { forgetMails } from '../testing/take-mails';
import { rowsOf } from '../transaction';

let database: TestDatabase;
let desk: CredentialDesk;
let person: NewPerson;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  desk = new CredentialDesk(database.app);
  await forgetMails(database.app);
  person = await aMemberOf(database.app, await aTenantWith(database.app, { sso: 'off' }));
});
afterAll(() => database.drop());

const byPerson = { actor: { kind: 'person' }, language: 'fr' } as const;
const fresh = (given = {}) => desk.aFreshSession(person.user, given);
const enrolled = () => desk.parts.factors.enrolled(person.user.id);
const told = async () => (await desk.sentMails()).map(({ message, language }) => ({ message, language }));
const changed = (change: string) => ({ message: { kind: 'second-factor-changed', change }, language: 'fr' });

describe('an authenticator app', () => {
  it('counts once a code of it has come back, of which the person is told [LOG-5]', async () => {
    const { secret, uri } = await desk.parts.totp.begin(person.user, fresh());
    expect(uri).toMatch(
      /^otpauth:\/\/totp\/Gatehouse:.+issuer=Gatehouse&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/,
    );
    await expect(enrolled()).resolves.toEqual([]);
    const confirm = (code: string) => desk.parts.totp.confirm(person.user, fresh(), code, byPerson);
    await expect(confirm('12345')).rejects.toMatchObject({ code: 'code_wrong' });
    const code = codeOf(secret, desk.parts.clock.now());
    await confirm(code);
    await expect(enrolled()).resolves.toEqual(['totp']);
    await expect(told()).resolves.toEqual([changed('totp-added')]);
    await expect(desk.parts.totp.use(person.user.id, code)).resolves.toBe(false);
    await expect(confirm(code)).rejects.toMatchObject({ code: 'proof_stale' });
  });

  it('is shown again to whom it was offered, and to nobody else [LOG-5]', async () => {
    const first = await desk.parts.totp.begin(person.user, fresh());
    await expect(desk.parts.totp.begin(person.user, fresh())).resolves.toEqual(first);
    const attacker = await desk.parts.totp.offer(person.user, 'a sign-in of somebody who knows the password');
    expect(attacker.secret).not.toBe(first.secret);
    const code = codeOf(first.secret, desk.parts.clock.now());
    await expect(desk.parts.totp.confirm(person.user, fresh(), code, byPerson)).rejects.toMatchObject({
      code: 'code_wrong',
    });
    const theirs = codeOf(attacker.secret, desk.parts.clock.now());
    await expect(desk.parts.totp.confirm(person.user, fresh(), theirs, byPerson)).rejects.toMatchObject({
      code: 'code_wrong',
    });
  });

  it('is confirmed once of many, and takes one of ten parallel tries with a code [LOG-5]', async () => {
    const { secret } = await desk.parts.totp.begin(person.user, fresh());
    const code = codeOf(secret, desk.parts.clock.now());
    const confirmations = Array.from({ length: 5 }, () =>
      desk.parts.totp.confirm(person.user, fresh({ secondFactor: 'totp' }), code, byPerson),
    );
    const confirmed = await Promise.allSettled(confirmations);
    expect(confirmed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    desk.parts.clock.pass(30);
    const next = codeOf(secret, desk.parts.clock.now());
    const tries = Array.from({ length: 10 }, () => desk.parts.totp.use(person.user.id, next));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    await expect(desk.parts.totp.use(person.user.id, code)).resolves.toBe(false);
  });

  it('keeps its secret sealed, for this person only [LOG-5] [OPS-6]', async () => {
    const { secret } = await desk.parts.totp.begin(person.user, fresh());
    const other = await aMemberOf(database.app, await aTenantWith(database.app, { sso: 'off' }));
    await desk.giveTotp(other.user);
    const rows = await rowsOf(database.app, 'SELECT sealed_secret FROM totp_secrets');
    expect(JSON.stringify(rows.map((row) => row.record()))).not.toContain(secret);
    const moved = `UPDATE totp_secrets SET sealed_secret = o.sealed_secret FROM totp_secrets o
      WHERE o.user_id = $2 AND totp_secrets.user_id = $1`;
    await rowsOf(database.app, moved, [person.user.id, other.user.id]);
    await expect(desk.parts.totp.begin(person.user, fresh())).rejects.toThrow('authenticate');
  });

  it('is replaced only after it was removed, by who has proven it [LOG-5]', async () => {
    await desk.giveTotp(person.user);
    await desk.giveRecoveryCodes(person.user);
    await expect(desk.parts.totp.begin(person.user, fresh())).rejects.toMatchObject({ code: 'proof_stale' });
    const proven = fresh({ secondFactor: 'totp' });
    await expect(desk.parts.totp.begin(person.user, proven)).rejects.toMatchObject({
      code: 'second_factor_exists',
    });
    await desk.sentMails();
    await desk.parts.totp.remove(person.user, proven, byPerson);
    await expect(told()).resolves.toEqual([changed('totp-removed')]);
    await expect(enrolled()).resolves.toEqual([]);
  });
});

describe('what changes a second factor', () => {
  it.each([
    ['single sign-on', { via: 'saml' as const }],
    ['a password alone', {}],
    ['a passkey of long ago', { via: 'passkey' as const, authenticatedAt: later(-11) }],
    ['another person', { userId: 'user_00000000000000000000000000' as const, secondFactor: 'totp' as const }],
  ])('is not done on the word of %s [LOG-5] [ENF-1]', async (_, given) => {
    await desk.giveTotp(person.user);
    desk.parts.clock.pass(-30);
    const session = fresh(given);
    const { totp, passkeys, recoveryCodes } = desk.parts;
    const stale = { code: 'proof_stale' };
    await expect(totp.remove(person.user, session, byPerson)).rejects.toMatchObject(stale);
    await expect(passkeys.beginRegistration(person.user, session)).rejects.toMatchObject(stale);
    await expect(passkeys.remove(person.user, session, 'x', byPerson)).rejects.toMatchObject(stale);
    await expect(recoveryCodes.replace(person.user, session, byPerson)).rejects.toMatchObject(stale);
    await expect(enrolled()).resolves.toEqual(['totp']);
  });
});

describe('recovery codes', () => {
  it('are ten, shown once, kept as hashes, and end those before them [LOG-5]', async () => {
    await desk.giveTotp(person.user);
    const old = await desk.giveRecoveryCodes(person.user);
    expect(new Set(old).size).toBe(10);
    for (const code of old) expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){2}[0-9a-hjkmnp-tv-z]{4}$/);
    const kept = await desk.parts.codeStore.unusedAnywhere(person.user.id);
    expect(kept.every((hash) => hash.startsWith('$argon2id$'))).toBe(true);
    const [code = ''] = await desk.giveRecoveryCodes(person.user);
    await expect(desk.parts.recoveryCodes.use(person.user, old[0] ?? '', byPerson)).resolves.toBe(false);
    const tries = Array.from({ length: 10 }, () => desk.parts.recoveryCodes.use(person.user, code, byPerson));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    await expect(desk.parts.recoveryCodes.left(person.user.id)).resolves.toBe(9);
  });

  it('stand in for another factor and for nothing else [LOG-5]', async () => {
    await expect(desk.giveRecoveryCodes(person.user)).rejects.toMatchObject({
      code: 'second_factor_required',
    });
    await desk.giveTotp(person.user);
    const { id } = await desk.givePasskey(person.user);
    await desk.giveRecoveryCodes(person.user);
    const proven = fresh({ secondFactor: 'totp' });
    await desk.parts.totp.remove(person.user, proven, byPerson);
    await expect(enrolled()).resolves.toEqual(['passkey', 'recovery-code']);
    await desk.parts.passkeys.remove(person.user, proven, id, byPerson);
    await expect(enrolled()).resolves.toEqual([]);
  });

  it('are of one person: those of another open nothing [LOG-5]', async () => {
    const other = await aMemberOf(database.app, await aTenantWith(database.app, { sso: 'off' }));
    for (const { user } of [person, other]) await desk.giveTotp(user);
    await desk.giveRecoveryCodes(person.user);
    const [theirs = ''] = await desk.giveRecoveryCodes(other.user);
    await expect(desk.parts.recoveryCodes.use(person.user, theirs, byPerson)).resolves.toBe(false);
    await expect(desk.parts.recoveryCodes.use(person.user, '', byPerson)).resolves.toBe(false);
  });
});

describe('adding a passkey', () => {
  const party = { origin: 'https://login.gatehouse.example', rpId: 'login.gatehouse.example' };

  function add(authenticator: SoftAuthenticator, asked: object, bent = {}, label = 'Laptop') {
    const response = authenticator.register(Object(asked), bent);
    return desk.parts.passkeys.finishRegistration(person.user, fresh(), { response, label }, byPerson);
  }

  it('asks for what only this person and page can answer, and tells the person [LOG-5]', async () => {
    const asked = await desk.parts.passkeys.beginRegistration(person.user, fresh());
    expect(asked).toMatchObject({
      rp: { id: party.rpId, name: 'Gatehouse' },
      user: { id: Buffer.from(person.user.id).toString('base64url'), name: person.user.email },
      attestation: 'none',
    });
    const passkey = await add(new SoftAuthenticator(party), asked, {}, '  My\0 key  ');
    expect(passkey).toMatchObject({ userId: person.user.id, label: 'My\uFFFD key', backedUp: false });
    await expect(desk.parts.passkeys.list(person.user)).resolves.toEqual([passkey]);
    await expect(told()).resolves.toEqual([changed('passkey-added')]);
    const again = await desk.parts.passkeys.beginRegistration(person.user, fresh({ via: 'passkey' }));
    expect(again.excludeCredentials).toMatchObject([{ id: passkey.id }]);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['another challenge', { challenge: 'AAAA' }],
  ])('is refused from %s [LOG-5]', async (_, bent) => {
    const asked = await desk.parts.passkeys.beginRegistration(person.user, fresh());
    await expect(add(new SoftAuthenticator(party), asked, bent)).rejects.toMatchObject({
      code: 'passkey_invalid',
    });
    await expect(enrolled()).resolves.toEqual([]);
  });

  it('takes one answer to a challenge, and no challenge of a sign-in or of another person [LOG-5]', async () => {
    const other = await aMemberOf(database.app, await aTenantWith(database.app, { sso: 'off' }));
    const theirs = await desk.parts.passkeys.beginRegistration(other.user, desk.aFreshSession(other.user));
    const signIn = await desk.parts.passkeyProofs.signInOptions('browser');
    const { user, ...asked } = await desk.parts.passkeys.beginRegistration(person.user, fresh());
    const refused = { code: 'passkey_invalid' };
    for (const { challenge } of [theirs, signIn])
      await expect(add(new SoftAuthenticator(party), { user, challenge })).rejects.toMatchObject(refused);
    const answers = Array.from({ length: 5 }, () =>
      add(new SoftAuthenticator(party), { user, challenge: asked.challenge }),
    );
    const outcomes = await Promise.allSettled(answers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('refuses a key that somebody has already [LOG-5]', async () => {
    const other = await aMemberOf(database.app, await aTenantWith(database.app, { sso: 'off' }));
    const authenticator = await desk.givePasskey(other.user);
    const asked = await desk.parts.passkeys.beginRegistration(person.user, fresh());
    await expect(add(authenticator, asked)).rejects.toMatchObject({ code: 'passkey_invalid' });
    await expect(
      desk.parts.passkeys.remove(person.user, fresh(), authenticator.id, byPerson),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(desk.parts.passkeys.list(other.user)).resolves.toHaveLength(1);
  });

  it('leaves no challenge behind once it has expired [LOG-5]', async () => {
    await desk.parts.passkeys.beginRegistration(person.user, fresh());
    const sweeper = new PostgresSweeper(database.app, 1);
    expect((await sweeper.sweep(later(5))).passkeyChallenges).toBeGreaterThan(0);
    await expect(rowsOf(database.app, 'SELECT hash FROM passkey_challenges')).resolves.toEqual([]);
  });
});
