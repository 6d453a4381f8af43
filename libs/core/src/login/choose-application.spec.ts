import type { Application } from '../applications/application';
import { chooseApplication, initiateLoginUrl } from './choose-application';

function anApplication(number: number, initiateLoginUri?: string): Application {
  return {
    id: `app_${number}`,
    name: `Application ${number}`,
    sealedSecret: 'sealed',
    redirectUris: ['https://app.example/callback'],
    postLogoutRedirectUris: [],
    ...(initiateLoginUri !== undefined && { initiateLoginUri }),
    createdAt: new Date('2026-01-01T00:00:00Z'),
  };
}

const silent = anApplication(1);
const one = anApplication(2, 'https://one.example/auth/initiate');
const two = anApplication(3, 'https://two.example/auth/initiate?from=idp');
const any = { idpInitiatedApplication: 'any' } as const;

describe('where a sign-in that began at the identity provider goes on', () => {
  it('is nowhere when no application can begin one [SML-2]', () => {
    expect(chooseApplication([silent], any, silent.id)).toEqual({ kind: 'none' });
  });

  it('is the only application that can, whatever RelayState names [SML-2]', () => {
    expect(chooseApplication([silent, one], any, silent.id)).toEqual({ kind: 'one', application: one });
  });

  it('is the one that RelayState names among several [SML-2]', () => {
    expect(chooseApplication([one, two], any, two.id)).toEqual({ kind: 'one', application: two });
  });

  it('is for the person to choose when RelayState names none of them [SML-2]', () => {
    const several = { kind: 'several', applications: [one, two] };
    expect(chooseApplication([silent, one, two], any, silent.id)).toEqual(several);
    expect(chooseApplication([one, two], any, undefined)).toEqual(several);
  });

  it('is the one that the connection is set to, whatever RelayState names [SML-2]', () => {
    const fixed = { idpInitiatedApplication: one.id };
    expect(chooseApplication([one, two], fixed, two.id)).toEqual({ kind: 'one', application: one });
  });

  it('is not lost when the application of the setting is gone [SML-2]', () => {
    const gone = { idpInitiatedApplication: silent.id };
    expect(chooseApplication([one], gone, undefined)).toEqual({ kind: 'one', application: one });
  });

  it('is the registered address, with the issuer and the connection for a hint [SML-2] [APP-2]', () => {
    const { id: _, ...described } = two;
    const application = { ...described, id: two.id, initiateLoginUri: two.initiateLoginUri ?? '' };
    const asked = { issuer: 'https://sso.example/oidc', connection: 'conn_1' };
    expect(initiateLoginUrl(application, asked)).toBe(
      'https://two.example/auth/initiate?from=idp&iss=https%3A%2F%2Fsso.example%2Foidc&connection=conn_1',
    );
  });
});
