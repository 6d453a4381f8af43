import {
  OidcModelStore,
  openDatabase,
  PostgresApplicationStore,
  PostgresDeploymentAuditLog,
  PostgresSweeper,
  SigningKeyStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { chance, later, now } from '../testing/given';
import { applicationId, type DeploymentHappeningType } from '@gatehouse/core';

let database: TestDatabase;
let models: OidcModelStore;
let at = now;
beforeAll(async () => {
  database = await createTestDatabase();
  models = new OidcModelStore(database.app, { now: () => at });
});
beforeEach(() => {
  at = now;
});
afterAll(() => database.drop());

describe('the models of the issuer', () => {
  it('come back as they were saved, until they expire', async () => {
    const payload = { jti: 'code-1', kind: 'AuthorizationCode', grantId: 'grant-1', scope: 'openid' };
    await models.upsert('AuthorizationCode', 'code-1', payload, 60);
    await expect(models.find('AuthorizationCode', 'code-1')).resolves.toEqual(payload);
    await expect(models.find('AccessToken', 'code-1')).resolves.toBeUndefined();
    at = later(1);
    await expect(models.find('AuthorizationCode', 'code-1')).resolves.toBeUndefined();
  });

  it('are found by uid and by user code, and replaced when saved again', async () => {
    await models.upsert('Session', 'cookie', { jti: 'cookie', uid: 'uid-1', accountId: 'a' }, 60);
    await models.upsert('Session', 'cookie', { jti: 'cookie', uid: 'uid-1', accountId: 'b' }, 60);
    await models.upsert('DeviceCode', 'device', { jti: 'device', userCode: 'ABCD' }, 60);
    await expect(models.findByUid('Session', 'uid-1')).resolves.toEqual({
      uid: 'uid-1',
      accountId: 'b',
      jti: undefined,
    });
    await expect(models.findByUserCode('DeviceCode', 'ABCD')).resolves.toMatchObject({ userCode: 'ABCD' });
  });

  it('are consumed once, however many try at the same time, and say that they were', async () => {
    await models.upsert('AuthorizationCode', 'code-2', { jti: 'code-2' }, 60);
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => models.consume('AuthorizationCode', 'code-2')),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(models.find('AuthorizationCode', 'code-2')).resolves.toMatchObject({
      consumed: Math.floor(now.getTime() / 1000),
    });
    await models.upsert('AuthorizationCode', 'code-2', { jti: 'code-2' }, 60);
    await expect(models.consume('AuthorizationCode', 'code-2')).rejects.toThrow('used already');
    await expect(models.consume('AuthorizationCode', 'never')).rejects.toThrow('is gone');
  });

  it('go with their grant, by name, or by time', async () => {
    for (const id of ['t1', 't2'])
      await models.upsert('AccessToken', id, { jti: id, grantId: 'grant-2' }, 60);
    await models.upsert('AccessToken', 't3', { jti: 't3', grantId: 'grant-3' }, 60);
    await models.revokeByGrantId('grant-2');
    const left = await Promise.all(['t1', 't2', 't3'].map((id) => models.find('AccessToken', id)));
    expect(left.map((payload) => payload?.['jti'])).toEqual([undefined, undefined, 't3']);
    await models.destroy('AccessToken', 't3');
    await expect(models.find('AccessToken', 't3')).resolves.toBeUndefined();
    for (const id of ['t4', 't5', 't6', 't7', 't8']) await models.upsert('AccessToken', id, { jti: id }, 60);
    await models.upsert('AccessToken', 'alive', { jti: 'alive' }, 61);
    await models.upsert('Grant', 'forever', { jti: 'forever' });
    const { oidcModels } = await new PostgresSweeper(database.app, 2).sweep(later(1));
    expect(oidcModels).toBeGreaterThanOrEqual(5);
    await expect(models.find('AccessToken', 't8')).resolves.toBeUndefined();
    await expect(models.find('AccessToken', 'alive')).resolves.toBeDefined();
    await expect(models.find('Grant', 'forever')).resolves.toEqual({ jti: 'forever' });
  });

  it('leave their own identifier nowhere in the table', async () => {
    const secret = 'a-token-that-nobody-else-knows';
    await models.upsert('Interaction', secret, { jti: secret, uid: secret, params: { scope: 'openid' } }, 60);
    await expect(models.find('Interaction', secret)).resolves.toMatchObject({ jti: secret });
    const owner = await openDatabase({ url: database.ownerUrl, poolSize: 1 });
    const rows: unknown = await owner.query(`SELECT * FROM oidc_models WHERE kind = 'Interaction'`);
    await owner.destroy();
    expect(JSON.stringify(rows)).toContain('Interaction');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('what belongs to the deployment', () => {
  it('keeps signing keys, newest first', async () => {
    const keys = new SigningKeyStore(database.app);
    const [old, young] = [
      { id: 'old', sealedJwk: 'k1.sealed', createdAt: now },
      { id: 'young', sealedJwk: 'k1.sealed', createdAt: later(1) },
    ];
    await keys.add(old);
    await keys.add(young);
    await expect(keys.list()).resolves.toEqual([young, old]);
  });

  it('keeps applications, and who made and changed them in the same transaction [AUD-1]', async () => {
    const applications = new PostgresApplicationStore(database.app, chance);
    const fact = (type: DeploymentHappeningType) => ({
      ...{ type, at: now, actor: { kind: 'operator' as const }, subject: application.id },
    });
    const application = {
      ...{ id: applicationId.create(now, chance), name: 'Shop', sealedSecret: 'k1.sealed', createdAt: now },
      ...{ redirectUris: ['https://shop.example/back'], postLogoutRedirectUris: [] },
    };
    await applications.add(application, fact('application.created'));
    await expect(applications.find(application.id)).resolves.toEqual(application);
    await expect(applications.list()).resolves.toEqual([application]);
    const changed = {
      ...application,
      ...{
        initiateLoginUri: 'https://shop.example/begin',
        backchannelLogoutUri: 'https://shop.example/ended',
      },
    };
    await expect(applications.save(changed, fact('application.changed'))).resolves.toBe('saved');
    await expect(applications.find(application.id)).resolves.toEqual(changed);
    const absent = { ...application, id: applicationId.create(now, chance) };
    await expect(applications.save(absent, fact('application.changed'))).resolves.toBe('absent');
    const log = new PostgresDeploymentAuditLog(database.app, chance);
    const noted = (await log.list('application', { limit: 9 })).map(({ type }) => type);
    expect(noted.toSorted()).toEqual(['application.changed', 'application.created']);
    await expect(log.list('saml_key', { limit: 9 })).resolves.toEqual([]);
  });
});
