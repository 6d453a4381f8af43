import { X509Certificate, createPublicKey, publicEncrypt, privateDecrypt } from 'node:crypto';
import { SystemChance } from '../shared/chance';
import { KeyRing } from '../shared/key-ring';
import { SsoError } from '../shared/sso-error';
import { FakeSamlKeyStore } from '../testing/fake-saml-key-store';
import { RotateSamlKeys } from './rotate-saml-keys';
import type { RotationStep } from './saml-key';
import { SamlKeys } from './saml-keys';

const chance = new SystemChance();
const keyRing = new KeyRing([{ name: 'k1', key: chance.bytes(32) }], chance);
const operator = { kind: 'operator', address: '192.0.2.7' } as const;
const day = 24 * 60 * 60 * 1000;

/** A deployment of one store and as many servers as are asked for; they share a clock that the test moves. */
class Deployment {
  readonly store = new FakeSamlKeyStore();
  now = new Date('2026-03-01T12:00:00.000Z');
  private readonly clock = { now: () => this.now };

  server() {
    const keys = new SamlKeys(this.store, keyRing, this.clock, chance);
    const rotation = new RotateSamlKeys(this.store, keys, keyRing, this.clock, chance);
    const rotate = (step: RotationStep, force = false) => rotation.rotate({ step, force }, operator);
    return { keys, rotate };
  }

  pass(milliseconds: number): void {
    this.now = new Date(this.now.getTime() + milliseconds);
  }
}

async function refusal(act: Promise<unknown>): Promise<unknown> {
  return act.then(
    () => 'accepted',
    (error: unknown) => (error instanceof SsoError ? error.code : error),
  );
}

let deployment: Deployment;
beforeEach(() => {
  deployment = new Deployment();
});

describe("the service provider's own keys", () => {
  it('are made at first use: RSA of 2048 bits in a certificate that it signed itself [SML-13]', async () => {
    const { keys } = deployment.server();
    const { privateKey, certificatePem } = await keys.signing();
    const certificate = new X509Certificate(certificatePem);
    expect(privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(certificate.checkPrivateKey(privateKey)).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subject).toBe('CN=Gatehouse SAML service provider');
    expect(new Date(certificate.validFrom) < deployment.now).toBe(true);
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2036);
    await expect(keys.certificates()).resolves.toEqual([certificatePem]);
  });

  it('are sealed at rest, each for its own row', async () => {
    const { keys } = deployment.server();
    await keys.signing();
    const [stored] = await deployment.store.list();
    expect(stored?.sealedPrivateKey).toMatch(/^k1\.[\w-]+$/);
    expect(() => keyRing.open(stored?.sealedPrivateKey ?? '', 'saml_keys/skey_other')).toThrow();
    expect(JSON.stringify(deployment.store.noted)).not.toContain('PRIVATE');
  });

  it('are read once a minute, however many ask', async () => {
    const { keys } = deployment.server();
    await Promise.all(Array.from({ length: 20 }, () => keys.decryption()));
    const { reads } = deployment.store;
    await keys.signing();
    deployment.pass(59_000);
    await keys.certificates();
    expect(deployment.store.reads).toBe(reads);
    deployment.pass(1_000);
    await keys.certificates();
    expect(deployment.store.reads).toBeGreaterThan(reads);
  });

  it('are asked for again after the store failed', async () => {
    const { keys } = deployment.server();
    const list = jest.spyOn(deployment.store, 'list').mockRejectedValueOnce(new Error('gone'));
    await expect(keys.signing()).rejects.toThrow('gone');
    await expect(keys.signing()).resolves.toHaveProperty('certificatePem');
    list.mockRestore();
  });
});

describe('a rotation', () => {
  it('shows the next key, signs with it, still decrypts for the old one, and forgets that [SML-13]', async () => {
    const { keys, rotate } = deployment.server();
    const first = await keys.signing();
    const sealed = publicEncrypt(createPublicKey(first.certificatePem), Buffer.from('for the old key'));
    const opens = async () =>
      (await keys.decryption()).some((key) => {
        try {
          return privateDecrypt(key, sealed).toString() === 'for the old key';
        } catch {
          return false;
        }
      });

    await rotate('publish');
    const [current, next] = await keys.certificates();
    expect([current, (await keys.signing()).certificatePem]).toEqual([
      first.certificatePem,
      first.certificatePem,
    ]);
    expect(await keys.decryption()).toHaveLength(2);

    deployment.pass(day);
    await rotate('switch');
    expect((await keys.signing()).certificatePem).toBe(next);
    await expect(keys.certificates()).resolves.toEqual([next, current]);
    await expect(opens()).resolves.toBe(true);

    deployment.pass(day);
    await rotate('retire');
    await expect(keys.certificates()).resolves.toEqual([next]);
    await expect(opens()).resolves.toBe(false);
    expect(deployment.store.noted.map(({ type }) => type)).toEqual([
      'saml_key.created',
      'saml_key.published',
      'saml_key.switched',
      'saml_key.retired',
    ]);
    expect(deployment.store.noted.at(-1)).toMatchObject({
      actor: operator,
      data: { certificatePem: current },
    });
  });

  it('reaches every other server within a minute [SML-13]', async () => {
    const [here, there] = [deployment.server(), deployment.server()];
    await there.keys.certificates();
    await here.rotate('publish');
    expect(await there.keys.certificates()).toHaveLength(1);
    deployment.pass(60_000);
    await expect(there.keys.certificates()).resolves.toEqual(await here.keys.certificates());
  });

  it.each<[RotationStep, readonly RotationStep[]]>([
    ['switch', []],
    ['retire', []],
    ['publish', ['publish']],
    ['retire', ['publish']],
    ['switch', ['publish', 'switch']],
    ['publish', ['publish', 'switch']],
    ['retire', ['publish', 'switch', 'retire']],
  ])('refuses to %s after %j [SML-13]', async (step, before) => {
    const { keys, rotate } = deployment.server();
    await keys.signing();
    for (const each of before) await rotate(each, true);
    const noted = [...deployment.store.noted];
    const stored = await deployment.store.list();
    await expect(refusal(rotate(step, true))).resolves.toBe('conflict');
    await expect(deployment.store.list()).resolves.toEqual(stored);
    expect(deployment.store.noted).toEqual(noted);
  });

  it('leaves identity providers a day for each step, unless it is forced [SML-13]', async () => {
    const { rotate } = deployment.server();
    await rotate('publish');
    deployment.pass(day - 1);
    await expect(refusal(rotate('switch'))).resolves.toBe('rotation_too_early');
    await expect(refusal(rotate('switch', true))).resolves.toBe('accepted');
    await expect(refusal(rotate('retire'))).resolves.toBe('rotation_too_early');
    deployment.pass(day);
    await expect(refusal(rotate('retire'))).resolves.toBe('accepted');
  });

  it('says so where someone else was faster [SML-13]', async () => {
    const { rotate } = deployment.server();
    await rotate('publish');
    jest.spyOn(deployment.store, 'switch').mockResolvedValueOnce(false);
    await expect(refusal(rotate('switch', true))).resolves.toBe('conflict');
  });
});
