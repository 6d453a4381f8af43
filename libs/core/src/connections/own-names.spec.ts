import { aConnection } from '../testing/builders';
import { FakeConnectionStore } from '../testing/fake-stores';
import { refuseForeignNames } from './own-names';

const publicUrl = 'https://sso.example';
const own = { id: 'conn_00000000000000000000000001' } as const;
const other = aConnection({ id: 'conn_00000000000000000000000002' });
const elsewhere = 'conn_00000000000000000000000003';

function refuse(...names: string[]): Promise<void> {
  return refuseForeignNames(new FakeConnectionStore([other]), publicUrl, own, names);
}

describe('the names of a connection', () => {
  it('are any that identity providers know it by, its own addresses among them [CON-19]', async () => {
    const names = [
      'https://earlier.example/saml',
      'urn:amazon:webservices',
      `${publicUrl}/saml/metadata/${own.id}`,
      `https://login.acme.example/saml/metadata/${own.id}`,
      `https://gatehouse-of-before.example/saml/metadata/${elsewhere}`,
    ];
    await expect(refuse(...names)).resolves.toBeUndefined();
  });

  it.each([
    `${publicUrl}/saml/metadata/${other.id}`,
    `${publicUrl}/saml/metadata/${elsewhere}`,
    `https://login.globex.example/saml/metadata/${other.id}`,
    `HTTPS://login.globex.example/saml/metadata/${other.id}`,
    `https://login.globex.example/saml/metadata/${other.id}?x#y`,
    `https://login.globex.example/below/saml/metadata/${other.id}`,
  ])('are never the name of another connection of this deployment: %s [CON-19] [TEN-8]', async (name) => {
    await expect(refuse('urn:fine', name)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
