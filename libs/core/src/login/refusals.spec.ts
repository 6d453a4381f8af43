import { Protocols } from '../connections/protocols';
import { SystemChance } from '../shared/chance';
import { SystemClock } from '../shared/clock';
import { aConnection } from '../testing';
import { AdmitIdentity } from './admit-identity';
import type { ArrivalStore } from './arrival-store';
import { CompleteUnsolicited } from './complete-unsolicited';
import type { VerifiedIdentity } from './verified-identity';

function touched(): never {
  throw new Error('This must be refused before anything is read or written.');
}

const noArrivals: ArrivalStore = {
  begin: touched,
  leave: touched,
  bindAnywhere: touched,
  waits: touched,
  take: touched,
};
const chance = new SystemChance();
const clock = new SystemClock();
const admittingBy = (protocols: Protocols) =>
  new AdmitIdentity({
    protocols,
    get links() {
      return touched();
    },
    get members() {
      return touched();
    },
    get removed() {
      return touched();
    },
    get provisioned() {
      return touched();
    },
    get invitations() {
      return touched();
    },
    get accounts() {
      return touched();
    },
    get holdLink() {
      return touched();
    },
    get accountLinks() {
      return touched();
    },
    get profiles() {
      return touched();
    },
    get domains() {
      return touched();
    },
    get moves() {
      return touched();
    },
    get sessions() {
      return touched();
    },
    clock,
    chance,
  });
const admission = admittingBy(new Protocols());

const now = new Date('2026-11-21T12:00:00Z');
const identity: VerifiedIdentity = {
  issuer: 'https://pending.example',
  subject: 'eve@acme.example',
  nameId: { value: 'eve@acme.example' },
  email: 'eve@acme.example',
  groups: [],
  attributes: {},
  authenticatedAt: now,
  assertionId: '_a',
  rememberUntil: now,
  certificateFingerprint: 'AA',
  version: 2,
};
const actor = { kind: 'person' } as const;

describe('an identity by a protocol that the operator closed', () => {
  it('is let in nowhere, whatever brought it there [CON-20]', async () => {
    const closed = admittingBy(new Protocols(['saml']));
    await expect(closed.admit(aConnection(), identity, actor)).rejects.toMatchObject({
      code: 'protocol_disabled',
    });
  });
});

describe('an identity that only a pending version vouches for', () => {
  it('is let in nowhere, whatever brought it there [CON-16]', async () => {
    await expect(admission.admit(aConnection(), identity, actor)).rejects.toMatchObject({
      code: 'connection_disabled',
      details: { got: 2 },
    });
  });

  it.each(['accept', 'bounce'] as const)(
    'is not even noted as a sign-in that began at its identity provider (%s) [CON-16] [SML-2]',
    async (idpInitiated) => {
      const unsolicited = new CompleteUnsolicited(noArrivals, admission, clock, chance);
      const connection = aConnection();
      const open = { ...connection, settings: { ...connection.settings, idpInitiated } };
      await expect(unsolicited.complete(open, { identity }, actor)).rejects.toMatchObject({
        code: 'connection_disabled',
        details: { got: 2 },
      });
    },
  );
});
