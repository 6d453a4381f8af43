import { randomBytes, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { attribute, escaped } from '../web/markup-text';
import type { KeyAndCertificate } from './key-and-certificate';
import { signElement } from './sign-response';
import type { SignatureAlgorithm } from './sign-response';

/** Whom a logout is about, as the assertion named them. */
export interface LogoutName {
  readonly nameId: string;
  readonly nameIdFormat?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
  /** None: every session of this person. */
  readonly sessionIndexes?: readonly string[];
}

/** One thing bent at a time, by a test; null leaves the attribute out. */
export interface LogoutChanges {
  readonly id?: string;
  readonly version?: string;
  readonly issueInstant?: Date;
  readonly issuer?: string | null;
  readonly destination?: string | null;
  readonly notOnOrAfter?: Date | null;
  readonly relayState?: string;
  readonly statusCode?: string;
  /** Signs with a key of somebody else, or not at all. */
  readonly key?: KeyAndCertificate | null;
  readonly algorithm?: SignatureAlgorithm;
  /** Sees the document before it is signed. */
  readonly xml?: (unsigned: string) => string;
}

/** One message, ready for either binding, each signed in its own way. */
export interface OutgoingLogout {
  readonly id: string;
  readonly url: string;
  readonly redirectUrl: string;
  readonly form: Readonly<Record<string, string>>;
}

const SIG_ALGS: Record<SignatureAlgorithm, { readonly uri: string; readonly hash: string }> = {
  'rsa-sha256': { uri: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', hash: 'sha256' },
  'rsa-sha512': { uri: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', hash: 'sha512' },
  'rsa-sha1': { uri: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', hash: 'sha1' },
};
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const FIVE_MINUTES = 5 * 60_000;

/** Logout messages of an identity provider: honest unless a test asks it to bend something. */
export class IdpLogout {
  constructor(
    private readonly entityId: string,
    private readonly key: KeyAndCertificate,
    private readonly now: () => Date,
  ) {}

  request(url: string, name: LogoutName, changes: LogoutChanges = {}): OutgoingLogout {
    const end = changes.notOnOrAfter === undefined ? later(this.now(), FIVE_MINUTES) : changes.notOnOrAfter;
    const indexes = name.sessionIndexes ?? [];
    const body =
      nameIdElement(name) +
      indexes.map((index) => `<samlp:SessionIndex>${escaped(index)}</samlp:SessionIndex>`).join('');
    return this.message('LogoutRequest', url, changes, attribute('NotOnOrAfter', instant(end)), body);
  }

  response(url: string, inResponseTo: string, changes: LogoutChanges = {}): OutgoingLogout {
    const code = escaped(changes.statusCode ?? SUCCESS);
    const body = `<samlp:Status><samlp:StatusCode Value="${code}"/></samlp:Status>`;
    return this.message('LogoutResponse', url, changes, attribute('InResponseTo', inResponseTo), body);
  }

  private message(
    name: 'LogoutRequest' | 'LogoutResponse',
    url: string,
    changes: LogoutChanges,
    more: string,
    body: string,
  ): OutgoingLogout {
    const id = changes.id ?? `_${randomBytes(20).toString('hex')}`;
    const issuer = changes.issuer === undefined ? this.entityId : changes.issuer;
    const head = [
      attribute('ID', id),
      attribute('Version', changes.version ?? '2.0'),
      attribute('IssueInstant', instant(changes.issueInstant ?? this.now())),
      attribute('Destination', changes.destination === undefined ? url : changes.destination),
    ].join('');
    const from = issuer === null ? '' : `<saml:Issuer>${escaped(issuer)}</saml:Issuer>`;
    const xml = `<samlp:${name} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"${head}${more}>${from}${body}</samlp:${name}>`;
    return this.send(name, id, url, (changes.xml ?? asIs)(xml), changes);
  }

  private send(
    name: 'LogoutRequest' | 'LogoutResponse',
    id: string,
    url: string,
    xml: string,
    { key = this.key, algorithm = 'rsa-sha256', relayState }: LogoutChanges,
  ): OutgoingLogout {
    const kind = name === 'LogoutRequest' ? 'SAMLRequest' : 'SAMLResponse';
    const signed = key === null ? xml : signElement(xml, `/*[local-name(.)='${name}']`, key, algorithm);
    const relay = relayState === undefined ? {} : { RelayState: relayState };
    const query = encoded({ [kind]: deflateRawSync(xml).toString('base64'), ...relay });
    return {
      id,
      url,
      redirectUrl: `${url}?${key === null ? query : signedQuery(query, key, algorithm)}`,
      form: { [kind]: Buffer.from(signed).toString('base64'), ...relay },
    };
  }
}

/** SAML Bindings 3.4.4.1: the signature covers the query's octets, SigAlg last. */
function signedQuery(query: string, key: KeyAndCertificate, algorithm: SignatureAlgorithm): string {
  const { uri, hash } = SIG_ALGS[algorithm];
  const material = `${query}&${encoded({ SigAlg: uri })}`;
  const signature = sign(hash, Buffer.from(material), key.privateKeyPem).toString('base64');
  return `${material}&${encoded({ Signature: signature })}`;
}

function encoded(fields: Readonly<Record<string, string>>): string {
  return (
    Object.entries(fields)
      // Browsers escape an apostrophe in a query: escaped later, it would not be what was signed.
      .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("'", '%27')}`)
      .join('&')
  );
}

function nameIdElement({ nameId, nameIdFormat, nameQualifier, spNameQualifier }: LogoutName): string {
  const head = [
    attribute('NameQualifier', nameQualifier ?? null),
    attribute('SPNameQualifier', spNameQualifier ?? null),
    attribute('Format', nameIdFormat ?? null),
  ].join('');
  return `<saml:NameID${head}>${escaped(nameId)}</saml:NameID>`;
}

function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}

function instant(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}

function asIs(xml: string): string {
  return xml;
}
