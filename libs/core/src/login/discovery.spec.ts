import type { ConnectionStore } from '../connections/connection-store';
import { Protocols } from '../connections/protocols';
import { aConnection, FakeConnectionStore, FakeDomainStore } from '../testing';
import { Discovery } from './discovery';

const connection = aConnection({ tenantId: 'ten_acme' });
const connections: ConnectionStore = new FakeConnectionStore([connection]);
const open = new Protocols();

describe('Discovery', () => {
  it('finds the connection of the tenant that verified the domain, whatever case is typed [LOG-1] [DOM-10]', async () => {
    const discovery = new Discovery(new FakeDomainStore({ 'acme.example': 'ten_acme' }), connections, open);
    expect(await discovery.byEmail('Ada@ACME.example')).toEqual({ kind: 'sso', connection });
  });

  it('reads an international domain as DNS writes it [LOG-1]', async () => {
    const discovery = new Discovery(
      new FakeDomainStore({ 'xn--mller-kva.example': 'ten_acme' }),
      connections,
      open,
    );
    expect(await discovery.byEmail('ada@müller.example')).toMatchObject({ kind: 'sso' });
  });

  it('answers alike for every address of a domain without SSO [LOG-3]', async () => {
    const discovery = new Discovery(new FakeDomainStore({}), connections, open);
    expect(await discovery.byEmail('known@plain.example')).toEqual({ kind: 'password', degraded: false });
    expect(await discovery.byEmail('nobody@plain.example')).toEqual({ kind: 'password', degraded: false });
  });

  it('shows the password field when the store fails or is late [LOG-2]', async () => {
    const failing = new FakeDomainStore(new Error('the database is away'));
    expect(await new Discovery(failing, connections, open).byEmail('a@acme.example')).toEqual({
      kind: 'password',
      degraded: true,
    });
    const silent = new FakeDomainStore('never');
    expect(await new Discovery(silent, connections, open, 20).byEmail('a@acme.example')).toEqual({
      kind: 'password',
      degraded: true,
    });
  });

  it('knows the connection behind a protocol that the operator closed, but does not lead there [CON-20]', async () => {
    const closed = new Protocols(['saml']);
    const discovery = new Discovery(new FakeDomainStore({ 'acme.example': 'ten_acme' }), connections, closed);
    expect(await discovery.byEmail('ada@acme.example')).toEqual({ kind: 'closed', connection });
    expect(await discovery.byEmail('ada@plain.example')).toEqual({ kind: 'password', degraded: false });
  });
});
