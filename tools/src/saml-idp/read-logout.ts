import { createPublicKey, verify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { SignedXml } from 'xml-crypto';

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
  const parameters = new URLSearchParams(query);
  // What the address itself has in its query stands before the message, and is not signed.
  const material = query.slice(query.search(/SAML(Request|Response)=/), at);
  const signature = Buffer.from(parameters.get('Signature') ?? '', 'base64');
  if (at === -1 || !verify('sha256', Buffer.from(material), createPublicKey(certificatePem), signature))
    throw new Error('The query is not signed by this key');
  const message = parameters.get('SAMLRequest') ?? parameters.get('SAMLResponse') ?? '';
  const xml = inflateRawSync(Buffer.from(message, 'base64')).toString('utf8');
  return read(xml, parameters.get('RelayState') ?? undefined);
}

/** By a posted form: throws where the document's signature is not by this certificate's key. */
export function readLogoutForm(
  fields: Readonly<Record<string, string | undefined>>,
  certificatePem: string,
): ReadLogout {
  const message = fields['SAMLRequest'] ?? fields['SAMLResponse'] ?? '';
  const xml = Buffer.from(message, 'base64').toString('utf8');
  const [signature] = /<ds:Signature[\s>].*<\/ds:Signature>/s.exec(xml) ?? [];
  if (signature === undefined) throw new Error('The message is not signed');
  const verifier = new SignedXml({ publicCert: certificatePem });
  verifier.loadSignature(signature);
  if (!verifier.checkSignature(xml)) throw new Error('The message was changed');
  return read(xml, fields['RelayState']);
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
