import { randomBytes } from 'node:crypto';
import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import type { Encryption, ResponseChanges } from '@gatehouse/tools/saml-idp';
import { runRotationCommand } from '../../src/saml-keys/rotation-command';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person, type Asked } from '../organisation';

const secretKeys: [{ name: string; key: Buffer }] = [{ name: 'k1', key: randomBytes(32) }];
let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start({ secretKeys });
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);
afterAll(() => gatehouse?.stop());
afterEach(() => {
  acme.idp.requestCertificates = [];
});

/** Our certificates for one use, as an identity provider finds them in our metadata. */
async function certificates(use: 'signing' | 'encryption', { connection } = acme): Promise<string[]> {
  const metadata = await (await fetch(`${gatehouse.url}/saml/metadata/${connection}`)).text();
  const found = metadata.matchAll(
    new RegExp(`<md:KeyDescriptor use="${use}">.*?<ds:X509Certificate>([^<]*)</ds:X509Certificate>`, 'g'),
  );
  return [...found].map(
    ([, body = '']) =>
      `-----BEGIN CERTIFICATE-----\n${body.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
  );
}

async function encryption(wishes: Partial<Encryption> = {}): Promise<ResponseChanges> {
  const [certificatePem = ''] = await certificates('encryption');
  return { encrypt: { certificatePem, ...wishes } };
}

async function begin() {
  const { sso, redirectUri } = application;
  const { url, sealedState } = await sso.signIn.start({ redirectUri, tenant: 'acme' });
  const finish = async (page: Page) =>
    sso.signIn.finish({ callbackUrl: text(page.location), sealedState, redirectUri });
  return { url, finish };
}

/** Goes to the identity provider; what happens there is the test's affair. */
async function ask(): Promise<Asked & Awaited<ReturnType<typeof begin>>> {
  const begun = await begin();
  return { ...begun, ...(await acme.arriveAtIdp(begun.url)) };
}

async function signIn(email: string, changes: ResponseChanges = {}): Promise<string> {
  const asked = await ask();
  return (await asked.finish(await acme.answer(asked, person(email), changes))).profile.email ?? '';
}

async function lastRefusal(organisation = acme): Promise<unknown> {
  const refused = (await gatehouse.audit(organisation.slug)).find(({ type }) => type === 'sign_in.refused');
  return asRecord(refused?.['data'])['code'];
}

async function rotate(step: string, force = true) {
  const { items } = await gatehouse.did('POST', 'saml-keys/rotate', { step, force });
  return asArray(items).map((item) => asRecord(item)['state']);
}

function change(settings: object) {
  return gatehouse.did('PATCH', `${acme.path}/connections/${acme.connection}`, { settings });
}

describe('our requests', () => {
  it('are signed where the connection says so, by redirect and by post, with the key in our metadata [SML-1] [CON-5] [CON-12]', async () => {
    acme.idp.requestCertificates = await certificates('signing');
    await expect(ask()).rejects.toThrow('not signed');
    await change({ signRequests: true });
    expect((await ask()).question.acsUrl).toContain(acme.connection);
    await expect(signIn('ada@acme.example')).resolves.toBe('ada@acme.example');
    await change({ requestBinding: 'post' });
    const page = await new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) }).get(
      (await begin()).url,
    );
    const { action, fields } = page.form('SAMLRequest');
    expect([action, acme.idp.readPost(fields).acsUrl]).toEqual([
      acme.idp.ssoUrl,
      expect.stringContaining(acme.connection),
    ]);
    await change({ requestBinding: 'auto', signRequests: false });
  });

  it('are signed where only the metadata of the identity provider asks for it [SML-1]', async () => {
    const strict = new Organisation(gatehouse, 'strict');
    strict.idp.requestCertificates = await certificates('signing');
    await strict.register();
    await strict.verifyDomain();
    await strict.connect();
    expect((await strict.test(person(strict.owner))).text).toContain('The test passed');
  });

  it('carry no RelayState, and one that comes back leads nowhere else [SML-1]', async () => {
    const asked = await ask();
    expect(asked.question.relayState).toBeUndefined();
    const { acsUrl, form } = acme.respond(asked, person('ada@acme.example'));
    const page = await asked.browser.post(
      acsUrl,
      { ...form, RelayState: 'https://evil.example/' },
      acme.idp.ssoUrl,
    );
    expect(text(page.location).startsWith(application.redirectUri)).toBe(true);
    expect((await asked.finish(page)).profile.email).toBe('ada@acme.example');
  });
});

describe('encrypted assertions', () => {
  it.each<[string, Partial<Encryption>, 'assertion' | 'response']>([
    ['AES-256-GCM', {}, 'assertion'],
    ['AES-128-CBC inside a signed response', { content: 'aes128-cbc' }, 'response'],
    ['RSA-OAEP with SHA-256', { transport: 'rsa-oaep', digest: 'sha256', mask: 'sha256' }, 'assertion'],
  ])('sign a person in: %s [SML-9]', async (_, wishes, sign) => {
    const changes = { ...(await encryption(wishes)), sign };
    await expect(signIn('eve@acme.example', changes)).resolves.toBe('eve@acme.example');
  });

  it('are refused with RSA 1.5, and without a session [SML-9]', async () => {
    const before = await gatehouse.count('acme');
    const asked = await ask();
    const page = await acme.answer(
      asked,
      person('eve@acme.example'),
      await encryption({ transport: 'rsa-1_5' }),
    );
    expect(page.status).toBe(403);
    await expect(lastRefusal()).resolves.toBe('saml_algorithm_weak');
    await expect(gatehouse.count('acme')).resolves.toEqual(before);
  });

  it('can be what a connection insists on [CON-12] [SML-9]', async () => {
    const secretive = new Organisation(gatehouse, 'secretive');
    await secretive.register();
    await secretive.verifyDomain();
    await secretive.connect({ requireEncryptedAssertions: true });
    expect((await secretive.test(person(secretive.owner))).status).toBe(403);
    await expect(lastRefusal(secretive)).resolves.toBe('saml_encryption_required');
    const path = `${secretive.path}/connections/${secretive.connection}/tests`;
    const { startUrl } = await gatehouse.did('POST', path);
    const asked = await secretive.arriveAtIdp(text(startUrl));
    const page = await secretive.answer(asked, person(secretive.owner), await encryption());
    expect(page.text).toContain('The test passed');
  });
});

describe('a rotation of our keys', () => {
  it('goes through the middle of sign-ins: the previous key decrypts until it is retired [SML-13] [CON-5]', async () => {
    await change({ signRequests: true });
    const [old = ''] = await certificates('encryption');
    const toOld = { encrypt: { certificatePem: old } };
    acme.idp.requestCertificates = [old];
    const begun = await ask();

    await expect(rotate('publish')).resolves.toEqual(['next', 'current']);
    const [first, next = ''] = await certificates('signing');
    expect([first, await certificates('encryption')]).toEqual([old, [old, next]]);
    await expect(signIn('fay@acme.example', { encrypt: { certificatePem: next } })).resolves.toBe(
      'fay@acme.example',
    );

    const late = await ask();
    await expect(rotate('switch')).resolves.toEqual(['current', 'previous']);
    await expect(certificates('signing')).resolves.toEqual([next, old]);
    const page = await acme.answer(begun, person('gil@acme.example'), toOld);
    expect((await begun.finish(page)).profile.email).toBe('gil@acme.example');
    await expect(ask()).rejects.toThrow('not signed');
    acme.idp.requestCertificates = [next];
    await expect(signIn('hal@acme.example', toOld)).resolves.toBe('hal@acme.example');

    await expect(rotate('retire')).resolves.toEqual(['current']);
    await expect(certificates('encryption')).resolves.toEqual([next]);
    expect((await acme.answer(late, person('gil@acme.example'), toOld)).status).toBe(403);
    await expect(lastRefusal()).resolves.toBe('saml_decryption_failed');
    await expect(signIn('hal@acme.example', await encryption())).resolves.toBe('hal@acme.example');
    await change({ signRequests: false });
  });

  it('shows the certificates to those who want them, with the connection and to the operator [CON-3] [SML-13]', async () => {
    const connection = await gatehouse.did('GET', `${acme.path}/connections/${acme.connection}`);
    const [shown] = asArray(asRecord(connection['serviceProvider'])['certificates']).map(asRecord);
    const [listed] = asArray((await gatehouse.did('GET', 'saml-keys'))['items']).map(asRecord);
    expect(listed?.['certificate']).toEqual(shown);
    await expect(certificates('signing')).resolves.toEqual([shown?.['pem']]);
    expect(shown?.['fingerprint']).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(JSON.stringify(listed)).not.toMatch(/sealed|private/i);
  });

  it('takes its steps in order and in their time, and from the operator only [SML-13]', async () => {
    const answer = async (body: unknown, key?: null) => {
      const { status, body: problem } = await gatehouse.api('POST', 'saml-keys/rotate', body, key);
      return [status, problem['code']];
    };
    await expect(answer({ step: 'publish' }, null)).resolves.toEqual([401, 'credential_missing']);
    await expect(answer({ step: 'all' })).resolves.toEqual([400, 'validation_failed']);
    await expect(answer({ step: 'switch' })).resolves.toEqual([409, 'conflict']);
    await expect(rotate('publish', false)).resolves.toEqual(['next', 'current']);
    await expect(answer({ step: 'switch' })).resolves.toEqual([409, 'rotation_too_early']);
    await expect(answer({ step: 'publish', force: true })).resolves.toEqual([409, 'conflict']);
  });

  it('can be done by a command, and leaves its steps in the record of the deployment [SML-13] [AUD-1]', async () => {
    const settings = { databaseUrl: gatehouse.database.url, secretKeys };
    await expect(runRotationCommand(['--step', 'later'], settings)).rejects.toThrow('Use: --step');
    await expect(runRotationCommand(['--step', 'switch'], settings)).rejects.toThrow('a day');
    await expect(runRotationCommand([], settings)).resolves.toMatch(/^next .*\ncurrent .*$/);
    const said = await runRotationCommand(['--step', 'switch', '--force'], settings);
    expect(said).toMatch(/^current  skey_\w+ since \S+ (?:[0-9A-F]{2}:){31}[0-9A-F]{2}\nprevious skey_/);
    const { items } = await gatehouse.did('GET', 'saml-keys/audit?limit=2');
    const [last, before] = asArray(items).map(asRecord);
    expect(last).toMatchObject({ type: 'saml_key.switched', actor: { kind: 'operator' } });
    expect(before).toMatchObject({ type: 'saml_key.published', actor: { address: expect.any(String) } });
  });
});
