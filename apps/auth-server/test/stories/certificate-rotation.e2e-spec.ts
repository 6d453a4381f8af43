import { KeyRing, type OutgoingMail } from '@gatehouse/core';
import { takeMails } from '@gatehouse/core-postgres/testing';
import { generateKeyAndCertificate, SamlIdp } from '@gatehouse/tools/saml-idp';
import { DataSource } from 'typeorm';
import { anIdp, ConnectionDesk } from '../connection-desk';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { metadataOf, MetadataSite } from '../metadata-site';
import { Organisation, person } from '../organisation';

let site: MetadataSite;
let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;
let desk: ConnectionDesk;

const idp = anIdp('acme-idp');
/** The same identity provider, with the key that it changes over to. */
const renewed = withKeyOf({
  key: generateKeyAndCertificate({ commonName: 'renewed', notAfter: new Date('2099-01-01T00:00:00Z') }),
});
const third = withKeyOf(anIdp('third'));

function withKeyOf({ key }: Pick<SamlIdp, 'key'>): SamlIdp {
  return new SamlIdp({ entityId: idp.entityId, ssoUrl: idp.ssoUrl, key });
}

beforeAll(async () => {
  site = await MetadataSite.open();
  gatehouse = await Gatehouse.start({ allowedPrivateHosts: [site.host] });
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);
beforeEach(async () => {
  site.serves(metadataOf(idp));
  const source = { metadataXml: undefined, metadataUrl: site.url };
  desk = await ConnectionDesk.enabled(gatehouse, acme, idp, source);
  await letters();
});
afterAll(async () => {
  site?.close();
  await gatehouse?.stop();
});

let people = 0;

async function signsIn(by: SamlIdp): Promise<boolean> {
  const page = await desk.answer(await desk.begin(application), person(`p${++people}@acme.example`), by);
  return page.location?.startsWith(application.redirectUri) === true;
}

async function letters(): Promise<readonly OutgoingMail[]> {
  const { app } = gatehouse;
  return takeMails(app.get(DataSource), app.get(KeyRing), new Date());
}

interface Shown {
  readonly by: string;
  readonly fingerprint: string;
  readonly standing: string;
}

/** Each certificate of the connection with whose it is, its role, its uses and whether it can go. */
async function certificates(): Promise<readonly Shown[]> {
  const found = asArray(asRecord((await desk.did('GET'))['idp'])['certificates']).map(asRecord);
  return found.map(({ pem, fingerprint, role, usedBySignIns, removable }) => ({
    by: { [idp.key.certificatePem]: 'old', [renewed.key.certificatePem]: 'new' }[text(pem)] ?? 'third',
    fingerprint: text(fingerprint),
    standing: `${text(role)} used by ${String(usedBySignIns)}${removable === true ? ', removable' : ''}`,
  }));
}

async function standings(): Promise<readonly string[]> {
  return (await certificates()).map(({ by, standing }) => `${by}: ${standing}`);
}

async function fingerprintOf(name: string): Promise<string> {
  return (await certificates()).find(({ by }) => by === name)?.fingerprint ?? '';
}

async function refreshed(...others: readonly SamlIdp[]) {
  site.serves(metadataOf(idp, ...others));
  return desk.did('POST', '/metadata/refresh');
}

/** Traces of sign-ins are written after the browser was sent on. */
async function eventually(wanted: readonly string[]): Promise<void> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline;)
    if (JSON.stringify(await standings()) === JSON.stringify(wanted)) return;
  expect(await standings()).toEqual(wanted);
}

async function versions() {
  return asArray((await desk.did('GET', '/versions'))['items']).map(asRecord);
}

describe('an identity provider that changes over to a new certificate', () => {
  it('loses nobody on the way: announced, added, used, and the old one removed [CRT-3] [CRT-4]', async () => {
    expect(await signsIn(idp)).toBe(true);
    const answer = await refreshed(renewed);
    const fingerprint = await fingerprintOf('new');
    expect(answer).toMatchObject({ state: 'enabled', refresh: { added: [fingerprint], leftOut: [] } });
    await eventually(['old: primary used by 1', 'new: secondary used by 0']);
    expect([await signsIn(idp), await signsIn(renewed), await signsIn(idp)]).toEqual([true, true, true]);
    await eventually(['old: primary used by 3', 'new: secondary used by 1']);
    expect(await signsIn(renewed)).toBe(true);
    await eventually(['old: secondary used by 3, removable', 'new: primary used by 2']);
    await desk.did('DELETE', `/certificates/${await fingerprintOf('old')}`);
    await eventually(['new: primary used by 2']);
    expect([await signsIn(idp), await signsIn(renewed)]).toEqual([false, true]);
  });

  it('is told of to every owner, with the fingerprint, and written down [CRT-4] [AUD-1]', async () => {
    await refreshed(renewed);
    const fingerprint = await fingerprintOf('new');
    const mails = await letters();
    expect(mails.map(({ to, message }) => ({ to, ...message }))).toMatchObject([
      { to: acme.owner, kind: 'certificate-seen', organisation: 'acme Inc.', fingerprint },
    ]);
    const added = (await gatehouse.audit('acme')).filter(({ type }) => type === 'certificate.added');
    expect(added[0]).toMatchObject({ subject: desk.id, actor: { kind: 'operator' } });
    expect(asRecord(asRecord(added[0]?.['after'])['idp'])['certificates']).toContain(fingerprint);
    await refreshed(renewed);
    expect(await letters()).toEqual([]);
  });

  it('leaves a version behind that serves with the test of the one before, and can be rolled back [CRT-4] [CON-16] [CON-17]', async () => {
    await refreshed(renewed);
    const [second, first] = await versions();
    expect(first).toMatchObject({ number: 1, state: 'retired' });
    expect(second).toMatchObject({ number: 2, state: 'serving', tested: true });
    expect(asArray(second?.['difference']).map((each) => asRecord(each)['field'])).toEqual([
      'idp.certificates',
    ]);
    await desk.did('POST', '/disable');
    expect(await desk.did('POST', '/enable')).toMatchObject({ state: 'enabled', version: 2 });
    await desk.did('POST', '/roll-back');
    expect([await signsIn(renewed), await signsIn(idp)]).toEqual([false, true]);
  });
});

describe('a certificate that an admin took away', () => {
  it.each(['removed', 'rolled back'])(
    'does not come back by metadata when %s, but by hand [CRT-4]',
    async (how) => {
      await refreshed(renewed);
      const fingerprint = await fingerprintOf('new');
      if (how === 'removed') await desk.did('DELETE', `/certificates/${fingerprint}?confirm=true`);
      else await desk.did('POST', '/roll-back');
      expect(await refreshed(renewed)).toMatchObject({ refresh: { added: [], leftOut: [fingerprint] } });
      expect(await signsIn(renewed)).toBe(false);
      await desk.did('POST', '/certificates', { certificate: renewed.key.certificatePem });
      expect(await signsIn(renewed)).toBe(true);
    },
  );

  it('stays away when a change that waited with it is promoted [CRT-3] [CON-16]', async () => {
    await refreshed(renewed);
    await desk.did('PATCH', '', { settings: { signaturePolicy: 'assertion' } });
    await desk.test();
    await desk.did('DELETE', `/certificates/${await fingerprintOf('new')}?confirm=true`);
    const { pendingVersion } = await desk.did('GET');
    const promote = `/versions/${String(pendingVersion)}/promote`;
    expect(await desk.call('POST', promote)).toMatchObject({ body: { code: 'connection_not_tested' } });
    await desk.test();
    await desk.did('POST', promote);
    expect([await signsIn(renewed), await signsIn(idp)]).toEqual([false, true]);
  });
});

describe('removing a certificate', () => {
  it('is refused while no other one has signed anybody in, unless it is confirmed [CRT-3]', async () => {
    await refreshed(renewed);
    const path = `/certificates/${await fingerprintOf('old')}`;
    expect(await desk.call('DELETE', path)).toMatchObject({
      status: 409,
      body: { code: 'certificate_in_use', detail: expect.stringContaining('confirm=true'), usedBySignIns: 0 },
    });
    await eventually(['old: primary used by 0', 'new: secondary used by 0']);
    expect(await desk.did('DELETE', `${path}?confirm=true`)).toMatchObject({ state: 'enabled' });
    await eventually(['new: primary used by 0']);
  });

  it('is refused of the last one, and of one that is not there or no fingerprint [CRT-3]', async () => {
    const last = await fingerprintOf('old');
    const refusal = (fingerprint: string) => desk.call('DELETE', `/certificates/${fingerprint}?confirm=true`);
    expect(await refusal(last)).toMatchObject({ status: 409, body: { code: 'certificate_last' } });
    expect(await refusal('0'.repeat(64))).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await refusal('../..')).toMatchObject({ status: 404 });
    expect(await refusal('AB')).toMatchObject({ body: { code: 'validation_failed' } });
  });

  it('takes a fingerprint as consoles show it, without colons and in small letters [CRT-3]', async () => {
    await refreshed(renewed);
    const plain = (await fingerprintOf('new')).replaceAll(':', '').toLowerCase();
    await desk.did('DELETE', `/certificates/${plain}?confirm=true`);
    expect(await standings()).toEqual(['old: primary used by 0']);
    const [removed] = (await gatehouse.audit('acme')).filter(({ type }) => type === 'certificate.removed');
    expect(removed).toMatchObject({ subject: desk.id, actor: { kind: 'operator' } });
  });

  it('needs no confirmation while nobody signs in, but a test before anybody does again [CRT-3] [CON-17]', async () => {
    await refreshed(renewed);
    await desk.did('POST', '/disable');
    await desk.did('DELETE', `/certificates/${await fingerprintOf('old')}`);
    expect(await desk.call('POST', '/enable')).toMatchObject({ body: { code: 'connection_not_tested' } });
  });
});

describe('adding a certificate by hand', () => {
  it.each([
    ['PEM', renewed.key.certificatePem],
    ['base64', renewed.key.certificatePem.replaceAll(/-----[^-]+-----/g, '')],
  ])(
    'takes %s, at once and beside the others, and changes nothing the second time [CRT-3]',
    async (_, certificate) => {
      expect(await desk.did('POST', '/certificates', { certificate })).toMatchObject({ version: 2 });
      expect(await desk.did('POST', '/certificates', { certificate })).toMatchObject({ version: 2 });
      expect([await signsIn(idp), await signsIn(renewed)]).toEqual([true, true]);
    },
  );

  it('keeps the change that waits, with its test [CRT-3] [CON-16]', async () => {
    await desk.did('PATCH', '', { settings: { signaturePolicy: 'assertion' } });
    await desk.test();
    await desk.did('POST', '/certificates', { certificate: renewed.key.certificatePem });
    const { pendingVersion, version } = await desk.did('GET');
    expect([version, pendingVersion]).toEqual([3, 4]);
    await desk.did('POST', '/versions/4/promote');
    expect([await signsIn(idp), await signsIn(renewed)]).toEqual([true, true]);
  });

  it('refuses what is none, a private key, and more than ten [CRT-3]', async () => {
    const add = (certificate: unknown) => desk.call('POST', '/certificates', { certificate });
    expect(await add('no certificate')).toMatchObject({ status: 422, body: { code: 'certificate_invalid' } });
    expect(await add(renewed.key.privateKeyPem)).toMatchObject({ body: { code: 'certificate_invalid' } });
    expect(await add(7)).toMatchObject({ body: { code: 'validation_failed' } });
    const ten = Array.from({ length: 10 }, (_, index) => anIdp(`idp-${index}`).key.certificatePem).join('\n');
    expect(await add(ten)).toMatchObject({ body: { code: 'certificate_invalid', got: 11 } });
    expect(await standings()).toHaveLength(1);
  }, 30_000);

  it('asks for the identity provider first, where none is known [CRT-3]', async () => {
    const draft = await gatehouse.did('POST', `${acme.path}/connections`, { label: 'Draft' });
    const path = `${acme.path}/connections/${text(draft['id'])}/certificates`;
    expect(await gatehouse.api('POST', path, { certificate: renewed.key.certificatePem })).toMatchObject({
      body: { code: 'connection_incomplete' },
    });
  });
});

describe('metadata that cannot be taken over', () => {
  const other = new SamlIdp({ entityId: 'https://evil.example', ssoUrl: idp.ssoUrl, key: third.key });
  const moved = new SamlIdp({ entityId: idp.entityId, ssoUrl: 'https://evil.example/sso', key: third.key });
  const empty = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="a"/>';

  it.each<[string, string, string]>([
    ['of another issuer', metadataOf(other), 'metadata_other_issuer'],
    ['with another sign-on address', metadataOf(moved), 'metadata_addresses_changed'],
    ['without an identity provider', empty, 'metadata_no_idp_role'],
    [
      'without a certificate',
      metadataOf(idp).replaceAll(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/g, ''),
      'metadata_incomplete',
    ],
    [
      'that is past its time',
      metadataOf(third).replace(' entityID=', ' validUntil="2020-01-01T00:00:00Z" entityID='),
      'metadata_expired',
    ],
    ['that is a sign-in page', '<!doctype html><html><body>Sign in</body></html>', 'metadata_is_html'],
    ['that is empty', '', 'metadata_empty'],
  ])('%s changes nothing and warns once [CRT-4] [CRT-5]', async (_, document, code) => {
    site.serves(document);
    const refused = await desk.call('POST', '/metadata/refresh');
    expect(refused).toMatchObject({ status: 422, body: { code, instead: ['metadataXml', 'manual'] } });
    expect(await desk.call('POST', '/metadata/refresh')).toMatchObject({ body: { code } });
    const mails = await letters();
    expect(mails.map(({ to, message }) => [to, message.kind])).toEqual([[acme.owner, 'metadata-refused']]);
    const { metadata, version } = await desk.did('GET');
    expect(metadata).toMatchObject({ url: site.url, outcome: 'refused', code });
    expect(version).toBe(1);
    expect([await signsIn(idp), await signsIn(third)]).toEqual([true, false]);
  });

  it('is told again once it was well in between, and when it is wrong in another way [CRT-4]', async () => {
    const refresh = async (document: string) => {
      site.serves(document);
      await desk.call('POST', '/metadata/refresh');
      return (await letters()).length;
    };
    const mails = [
      await refresh(''),
      await refresh(''),
      await refresh(empty),
      await refresh(metadataOf(idp)),
    ];
    expect([...mails, await refresh(empty)]).toEqual([1, 0, 1, 0, 1]);
  });

  it('is tried again with growing pauses where it cannot be loaded, and shown, before anybody is told [CRT-4] [CRT-5]', async () => {
    const pauses: number[] = [];
    for (let round = 0; round < 3; round++) {
      site.serves('gone', 503);
      const refused = await desk.call('POST', '/metadata/refresh');
      expect(refused).toMatchObject({
        status: 422,
        body: { code: 'metadata_unreachable', reason: 'status' },
      });
      const metadata = asRecord((await desk.did('GET'))['metadata']);
      expect(metadata).toMatchObject({ outcome: 'failed', code: 'metadata_unreachable' });
      pauses.push(Date.parse(text(metadata['nextAt'])) - Date.parse(text(metadata['triedAt'])));
    }
    expect(pauses.map((pause) => Math.ceil(pause / 3_600_000))).toEqual([1, 2, 4]);
    expect(await letters()).toEqual([]);
    await refreshed();
    expect((await desk.did('GET'))['metadata']).toMatchObject({ outcome: 'unchanged' });
    expect((await desk.did('GET'))['metadata']).not.toHaveProperty('code');
  });

  it('names certificates that wait for an admin, where the connection wants that [CRT-4]', async () => {
    await desk.did('PATCH', '', { settings: { metadataCertificates: 'warn' } });
    site.serves(metadataOf(idp, renewed));
    for (let round = 0; round < 2; round++)
      expect(await desk.call('POST', '/metadata/refresh')).toMatchObject({
        body: { code: 'certificate_not_taken', got: [expect.any(String)] },
      });
    expect((await letters()).map(({ message }) => message.kind)).toEqual(['metadata-refused']);
    expect(await signsIn(renewed)).toBe(false);
  });

  it('is not looked for where a connection has no address for it [CRT-4]', async () => {
    const manual = await ConnectionDesk.open(gatehouse, acme, idp);
    expect(await manual.call('POST', '/metadata/refresh')).toMatchObject({
      body: { code: 'connection_incomplete' },
    });
    expect(await manual.did('GET')).not.toHaveProperty('metadata');
  });
});

describe('the certificates of a connection', () => {
  it('are nothing that another tenant can reach [CRT-3] [SEC-3]', async () => {
    await new Organisation(gatehouse, 'globex').register().catch(() => undefined);
    const path = `tenants/globex/connections/${desk.id}`;
    const body = { certificate: renewed.key.certificatePem };
    const answers = [
      await gatehouse.api('POST', `${path}/certificates`, body),
      await gatehouse.api('POST', `${path}/metadata/refresh`),
      await gatehouse.api('DELETE', `${path}/certificates/${await fingerprintOf('old')}?confirm=true`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});
