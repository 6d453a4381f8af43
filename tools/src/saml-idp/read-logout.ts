import { createPublicKey, verify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { SignedXml } from 'xml-crypto';

type LogoutFields = Readonly<Record<string, string | undefined>>;

/** What an identity provider reads in a logout message of a service provider, whose signature it has verified. */
export interface ReadLogout {
  readonly kind: 'LogoutRequest' | 'LogoutResponse';
  readonly xml: string;
  /** Of the root element. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Local names of the root's children, in order. */
  readonly order: readonly string[];
  readonly issuer: string;
  readonly nameId: string;
  readonly nameIdAttributes: Readonly<Record<string, string>>;
  readonly sessionIndexes: readonly string[];
  readonly statusCodes: readonly string[];
  readonly relayState?: string;
}

/** By redirect: throws where the query's signature is not by this certificate's key (SAML Bindings 3.4.4.1). */
export function readLogoutRedirect(url: string, certificatePem: string): ReadLogout {
  const query = url.slice(url.indexOf('?') + 1);
  const at = query.indexOf('&Signature=');
  // What the address itself has in its query stands before the message, and is not signed.
  const material = query.slice(query.search(/\bSAML(Request|Response)=/), at);
  const signature = Buffer.from(new URLSearchParams(query.slice(at)).get('Signature') ?? '', 'base64');
  if (at === -1 || !verify('sha256', Buffer.from(material), createPublicKey(certificatePem), signature))
    throw new Error('The query is not signed by this key');
  // Only what was signed is read: the same names may stand elsewhere in the query.
  const fields = Object.fromEntries(new URLSearchParams(material));
  return read(inflated(messageOf(fields)), fields['RelayState']);
}

/** By a posted form: throws where the document's signature is not by this certificate's key. */
export function readLogoutForm(fields: LogoutFields, certificatePem: string): ReadLogout {
  const xml = decoded(messageOf(fields)).toString('utf8');
  const [signature] = /<ds:Signature[\s>].*<\/ds:Signature>/s.exec(xml) ?? [];
  if (signature === undefined) throw new Error('The message is not signed');
  const verifier = new SignedXml({ publicCert: certificatePem });
  verifier.loadSignature(signature);
  if (!verifier.checkSignature(xml)) throw new Error('The message was changed');
  const message = read(xml, fields['RelayState']);
  const [covered = '', ...more] = verifier.getSignedReferences();
  // What was signed may stand inside of something else.
  if (more.length > 0 || read(covered, undefined).attributes['ID'] !== message.attributes['ID'])
    throw new Error('The signature does not cover the whole message');
  return message;
}

/** Who says to have sent it: good for looking up certificates, and for nothing else. */
export function claimedIssuer(fields: LogoutFields, binding: 'redirect' | 'post'): string {
  const message = messageOf(fields);
  return read(binding === 'redirect' ? inflated(message) : decoded(message).toString('utf8'), undefined)
    .issuer;
}

function messageOf(fields: LogoutFields): string {
  return fields['SAMLRequest'] ?? fields['SAMLResponse'] ?? '';
}

function decoded(message: string): Buffer {
  return Buffer.from(message, 'base64');
}

function inflated(message: string): string {
  return inflateRawSync(decoded(message), { maxOutputLength: 1 << 20 }).toString('utf8');
}

function read(xml: string, relayState: string | undefined): ReadLogout {
  const reader = new LogoutReader();
  reader.read(xml);
  const { root, order, statusCodes, nameIdAttributes } = reader;
  if (root.name !== 'LogoutRequest' && root.name !== 'LogoutResponse')
    throw new Error(`The message is no logout message but ${root.name}`);
  return {
    kind: root.name,
    xml,
    attributes: root.attributes,
    order,
    issuer: reader.texts('Issuer')[0] ?? '',
    nameId: reader.texts('NameID')[0] ?? '',
    nameIdAttributes,
    sessionIndexes: reader.texts('SessionIndex'),
    statusCodes,
    ...(relayState === undefined ? {} : { relayState }),
  };
}

class LogoutReader {
  root: { readonly name: string; readonly attributes: Readonly<Record<string, string>> } = {
    name: '',
    attributes: {},
  };
  readonly order: string[] = [];
  readonly statusCodes: string[] = [];
  nameIdAttributes: Record<string, string> = {};
  private readonly found: { name: string; text: string }[] = [];
  private depth = 0;

  read(xml: string): void {
    const parser = new SaxesParser({ xmlns: true });
    parser.on('opentag', ({ local, attributes }) => {
      const plain = Object.values(attributes).filter(({ prefix, name }) => prefix === '' && name !== 'xmlns');
      this.open(local, Object.fromEntries(plain.map(({ local: key, value }) => [key, value])));
    });
    parser.on('text', (text) => {
      const child = this.found.at(-1);
      if (this.depth === 2 && child) child.text += text;
    });
    parser.on('closetag', () => (this.depth -= 1));
    parser.write(xml).close();
  }

  texts(name: string): string[] {
    return this.found.filter((child) => child.name === name).map(({ text }) => text);
  }

  private open(name: string, attributes: Record<string, string>): void {
    this.depth += 1;
    if (this.depth === 1) this.root = { name, attributes };
    if (this.depth === 2) {
      this.order.push(name);
      this.found.push({ name, text: '' });
    }
    if (name === 'NameID') this.nameIdAttributes = attributes;
    if (name === 'StatusCode') this.statusCodes.push(attributes['Value'] ?? '');
  }
}
