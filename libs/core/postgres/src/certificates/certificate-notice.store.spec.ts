import {
  CheckCertificates,
  KeyRing,
  type Connection,
  type IdpCertificate,
  type MailMessage,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresCertificateNoticeStore,
  PostgresCertificateUses,
  PostgresConnectionStore,
  PostgresTenantStore,
} from '../index';
import { createTestDatabase, takeMails, type TestDatabase } from '../testing';
import { aMemberOf } from '../testing/given-enforcement';
import { aConnection, anExistingTenant, because, chance, now } from '../testing/given';
import { aCertificate, aSignInBy, anIdp, daysLater } from '../testing/given-certificates';
import { inTenant } from '../transaction';

const ring = new KeyRing([{ name: 'k1', key: chance.bytes(32) }], chance);

let database: TestDatabase;
let connections: PostgresConnectionStore;
let notices: PostgresCertificateNoticeStore;
let acme: Tenant;
let owner: string;
beforeEach(async () => {
  database = await createTestDatabase();
  connections = new PostgresConnectionStore(database.app, chance);
  notices = new PostgresCertificateNoticeStore(database.app, chance, ring);
  acme = await anExistingTenant(database.app);
  owner = (await aMemberOf(database.app, acme, { role: 'owner' })).user.email;
  await aMemberOf(database.app, acme, { role: 'admin' });
});
afterEach(() => database.drop());

/** Looks at everything that is due at this moment, as a worker does. */
function check(at: Date): Promise<number> {
  const tenants = new PostgresTenantStore(database.app, chance);
  const uses = new PostgresCertificateUses(database.app);
  const failed = (_: unknown, error: unknown) => {
    throw error;
  };
  return new CheckCertificates(notices, connections, tenants, uses, { now: () => at }, failed).run();
}

async function connected(
  certificates: readonly IdpCertificate[],
  changes: Partial<Connection> = {},
): Promise<Connection> {
  const idp = anIdp(certificates);
  const connection = aConnection(acme.id, { idp, enabledAt: now, ...changes });
  await connections.add(acme.id, connection, because(acme.id, 'connection.created'));
  return connection;
}

/** What went out since it was asked last. */
async function letters(at: Date): Promise<readonly MailMessage[]> {
  const mails = await takeMails(database.app, ring, at);
  expect(mails.every(({ to }) => to === owner)).toBe(true);
  return mails.map(({ message }) => message);
}

/** Each notice that goes out while somebody looks at these moments, with the day. */
async function course(days: readonly number[]): Promise<readonly string[]> {
  const said: string[] = [];
  for (const each of days) {
    await check(daysLater(each));
    for (const letter of await letters(daysLater(each)))
      said.push(`day ${Math.floor(each)}: ${'days' in letter ? letter.days : letter.kind}`);
  }
  return said;
}

const everyEightHours = Array.from({ length: 121 }, (_, step) => step / 3);

async function events(): Promise<readonly string[]> {
  const entries = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 100 });
  return entries.map(({ type }) => type).filter((type) => type.startsWith('certificate.'));
}

describe('the owners of a tenant', () => {
  it('are told of a certificate at 30, 14 and 7 days and when it has ended, each once [CRT-2]', async () => {
    await connected([aCertificate('A', 31)]);
    const told = ['day 1: 30', 'day 17: 14', 'day 24: 7', 'day 31: certificate-expired'];
    expect(await course(everyEightHours)).toEqual(told);
    expect(await events()).toHaveLength(4);
  });

  it('learn which certificate it is, where, until when, and what follows [CRT-2] [CRT-7]', async () => {
    const { settings } = aConnection(acme.id);
    const refusing = { settings: { ...settings, expiredCertificates: 'refuse' } as const };
    await connected([aCertificate('A', 6), aCertificate('B', -1)], refusing);
    await check(now);
    const named = { organisation: 'Acme', connection: 'Okta' };
    const [a, b] = [
      { subject: 'CN=A', fingerprint: 'A' },
      { subject: 'CN=B', fingerprint: 'B' },
    ];
    expect((await letters(now)).toSorted((one, other) => other.kind.localeCompare(one.kind))).toEqual([
      { kind: 'certificate-expiring', ...named, ...a, notAfter: daysLater(6), days: 7 },
      { kind: 'certificate-expired', ...named, ...b, notAfter: daysLater(-1), refuses: true },
    ]);
    expect((await events()).toSorted()).toEqual(['certificate.expired', 'certificate.expiring']);
  });

  it('get the most urgent notice only, where nobody looked for twenty days [CRT-2]', async () => {
    await connected([aCertificate('A', 31)]);
    expect(await course([0, 26, 26.5, 40])).toEqual(['day 26: 7', 'day 40: certificate-expired']);
  });

  it('get each notice once from workers that look at the same time, or with clocks that differ [CRT-2] [WRK-2]', async () => {
    const connection = await connected([aCertificate('A', 7)]);
    await Promise.all([check(now), check(now), check(now)]);
    expect(await letters(now)).toHaveLength(1);
    expect(await notices.tell(acme.id, { ...aNotice(connection), threshold: 14 })).toBe('known');
    expect(await letters(now)).toEqual([]);
  });

  it('hear of each certificate once, however many tell at once [CRT-2] [WRK-2]', async () => {
    const connection = await connected([aCertificate('A', 7)]);
    const told = await Promise.all(
      Array.from({ length: 8 }, () => notices.tell(acme.id, aNotice(connection))),
    );
    expect(told.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'known'), 'told']);
    expect(await letters(now)).toHaveLength(1);
    expect(await events()).toHaveLength(1);
  });

  it('are told nothing by what was judged before the connection was changed or switched off [CRT-2]', async () => {
    const connection = await connected([aCertificate('A', 7)]);
    const changed = { ...connection, label: 'Entra', revision: 2 };
    await connections.save(acme.id, changed, because(acme.id));
    expect(await notices.tell(acme.id, aNotice(connection))).toBe('stale');
    expect(await notices.tell(acme.id, aNotice(changed))).toBe('told');
  });

  it.each(['switched off', 'deleted'])('get no notice of a connection that is %s [CRT-2]', async (state) => {
    const { enabledAt: _, ...off } = await connected([aCertificate('A', 7)]);
    const after = { ...off, ...(state === 'deleted' && { deletedAt: now }), revision: 2 };
    await connections.save(acme.id, after, because(acme.id));
    expect(await check(now)).toBe(1);
    expect(await letters(now)).toEqual([]);
  });

  it('get none while their tenant is suspended, and the most urgent one afterwards [CRT-2]', async () => {
    await connected([aCertificate('A', 13)]);
    const tenants = new PostgresTenantStore(database.app, chance);
    await tenants.update({ ...acme, suspendedAt: now }, because(acme.id));
    expect(await course([0, 1])).toEqual([]);
    await tenants.update(acme, because(acme.id));
    expect(await course([2])).toEqual(['day 2: 14']);
  });
});

describe('a certificate that was replaced', () => {
  it('needs no notice once one that lasts longer signs people in, and does again where the old one does [CRT-2] [CRT-3]', async () => {
    const connection = await connected([aCertificate('old', 13), aCertificate('new', 700)]);
    await aSignInBy(database.app, connection, 'old', daysLater(-2));
    await aSignInBy(database.app, connection, 'new', daysLater(-1));
    expect(await course([0, 1])).toEqual([]);
    await aSignInBy(database.app, connection, 'old', daysLater(1.5));
    expect(await course([2])).toEqual(['day 2: 14']);
  });

  it.each([
    ['a test', 'test-passed'],
    ['a refused answer', 'refused'],
  ] as const)('is not shown to be by %s of the new one [CRT-2]', async (_, outcome) => {
    const connection = await connected([aCertificate('old', 13), aCertificate('new', 700)]);
    await aSignInBy(database.app, connection, 'new', daysLater(-1), outcome);
    expect(await course([0])).toEqual(['day 0: 14']);
  });

  it('is told of no more when it is no longer in the connection [CRT-2]', async () => {
    const connection = await connected([aCertificate('old', 31), aCertificate('new', 700)]);
    const after = { ...connection, idp: anIdp([aCertificate('new', 700)]), revision: 2 };
    await connections.save(acme.id, after, because(acme.id));
    expect(await course(everyEightHours)).toEqual([]);
  });
});

describe('what is due', () => {
  it('is handed to one worker at a time, and comes again where that one does not come back [CRT-2] [WRK-2]', async () => {
    for (let index = 0; index < 30; index++) await connected([aCertificate('A', 100)]);
    const later = daysLater(0.1);
    const claims = await Promise.all(Array.from({ length: 6 }, () => notices.claimAnywhere(10, now, later)));
    expect(claims.every(({ length }) => length <= 10)).toBe(true);
    const ids = claims.flat().map(({ connectionId }) => connectionId);
    expect(new Set(ids).size).toBe(ids.length);
    while ((await notices.claimAnywhere(10, now, later)).length > 0);
    expect(await notices.claimAnywhere(100, now, later)).toEqual([]);
    expect(await notices.claimAnywhere(100, later, daysLater(1))).toHaveLength(30);
  });

  it('is known of a connection that a server of the version before wrote, and of no other tenant [CRT-2] [SEC-3] [OPS-5]', async () => {
    const { id } = await connected([aCertificate('A', 100)]);
    const read = 'SELECT connection_id, certificates_due_at FROM connection_upkeep';
    const own = await inTenant(database.app, acme.id, (transaction) => transaction.rows(read));
    expect(own.map((row) => [row.text('connection_id'), row.date('certificates_due_at')])).toEqual([
      [id, now],
    ]);
    const globex = await anExistingTenant(database.app);
    await expect(inTenant(database.app, globex.id, (transaction) => transaction.rows(read))).resolves.toEqual(
      [],
    );
  });
});

function anExpiring({ idp, label: connection }: Connection) {
  const { subject = '', fingerprint = '', notAfter = now } = idp?.certificates[0] ?? {};
  return {
    kind: 'certificate-expiring',
    organisation: 'Acme',
    connection,
    subject,
    fingerprint,
    notAfter,
    days: 7,
  } as const;
}

function aNotice(connection: Connection) {
  const { id: connectionId, revision } = connection;
  const letter = anExpiring(connection);
  const expiring = because(acme.id, 'certificate.expiring', connectionId);
  return {
    connectionId,
    revision,
    fingerprint: letter.fingerprint,
    threshold: 7,
    letter,
    because: expiring,
  } as const;
}
