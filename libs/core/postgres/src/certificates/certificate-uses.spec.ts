import { mostSignInsCounted, type Connection, type Tenant } from '@gatehouse/core';
import { PostgresCertificateUses } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingConnection, anExistingTenant, later } from '../testing/given';
import { aSignInBy } from '../testing/given-certificates';
import { inTenant } from '../transaction';

let database: TestDatabase;
let acme: Tenant;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  connection = await anExistingConnection(database.app, acme.id);
});
afterAll(() => database.drop());

function uses(fingerprints: readonly string[], of = acme) {
  return new PostgresCertificateUses(database.app).list(of.id, connection.id, fingerprints, later(0));
}

describe('the uses of a certificate', () => {
  it('are the sign-ins that it vouched for in this connection since then, and the last of them [CRT-3]', async () => {
    for (const minutes of [-5, 1, 9, 4]) await aSignInBy(database.app, connection, 'A', later(minutes));
    await aSignInBy(database.app, connection, 'B', later(2));
    await aSignInBy(database.app, connection, 'B', later(7), 'test-passed');
    await aSignInBy(database.app, connection, 'C', later(3), 'refused');
    const other = await anExistingConnection(database.app, acme.id);
    await aSignInBy(database.app, other, 'A', later(60));
    expect((await uses(['A', 'B', 'C', 'D'])).toSorted((one, two) => two.signIns - one.signIns)).toEqual([
      { fingerprint: 'A', signIns: 3, lastUsedAt: later(9) },
      { fingerprint: 'B', signIns: 1, lastUsedAt: later(2) },
    ]);
    expect(await uses(['A'], await anExistingTenant(database.app))).toEqual([]);
  });

  it('are counted up to a number, whatever there is [CRT-3]', async () => {
    await aSignInBy(database.app, connection, 'A', later(9));
    const copies = `INSERT INTO sign_in_traces SELECT tenant_id, id || n, connection_id, purpose, reference, $1, outcome, code,
      total_ms, checks, certificate_fingerprint, subject, email, in_response_to, attributes
      FROM sign_in_traces, generate_series(1, $2::integer) n WHERE tenant_id = $3`;
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows(copies, [later(1), mostSignInsCounted, acme.id]),
    );
    expect(await uses(['A'])).toEqual([
      { fingerprint: 'A', signIns: mostSignInsCounted, lastUsedAt: later(9) },
    ]);
  });
});
