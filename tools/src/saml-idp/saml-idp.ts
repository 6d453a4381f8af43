import { readPostBinding, readRedirectBinding } from './authn-request';
import type { AuthnRequest } from './authn-request';
import { encryptAssertion } from './encrypt-assertion';
import { IdpLogout } from './idp-logout';
import { idpMetadata } from './idp-metadata';
import { generateKeyAndCertificate } from './key-and-certificate';
import type { KeyAndCertificate } from './key-and-certificate';
import { documentIsSigned, redirectIsSigned } from './request-signature';
import { responseDocument } from './response-document';
import { responseFacts } from './response-facts';
import type { Person, Question, ResponseChanges } from './response-facts';
import { signResponse } from './sign-response';
import type { SignatureAlgorithm, SignMode } from './sign-response';

export interface SamlIdpOptions {
  readonly entityId: string;
  readonly ssoUrl: string;
  /** Where logout messages come; without it this IdP knows no logout. */
  readonly sloUrl?: string;
  /** Where answers to its own logout requests come, if elsewhere. */
  readonly sloResponseUrl?: string;
  /** Made anew when absent, which takes up to a second: share one between tests. */
  readonly key?: KeyAndCertificate;
  readonly sign?: SignMode;
  readonly signatureAlgorithm?: SignatureAlgorithm;
  readonly now?: () => Date;
  /** The service provider's certificates: a request that none of them signed is refused, and the metadata says so. */
  readonly requestCertificates?: readonly string[];
}

/** What the browser posts to the assertion consumer service. */
export interface PostedResponse {
  readonly acsUrl: string;
  readonly form: { readonly SAMLResponse: string; readonly RelayState?: string };
}

/** A SAML 2.0 identity provider in code: honest unless a test asks it to bend something. */
export class SamlIdp {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly sloUrl: string | undefined;
  readonly key: KeyAndCertificate;
  readonly logout: IdpLogout;
  readonly now: () => Date;
  /** See `SamlIdpOptions`; replaced where the service provider's keys change. */
  requestCertificates: readonly string[];
  private readonly sloResponseUrl: string | undefined;
  private readonly sign: SignMode;
  private readonly algorithm: SignatureAlgorithm;

  constructor(options: SamlIdpOptions) {
    this.entityId = options.entityId;
    this.ssoUrl = options.ssoUrl;
    this.sloUrl = options.sloUrl;
    this.sloResponseUrl = options.sloResponseUrl;
    this.key = options.key ?? generateKeyAndCertificate();
    this.requestCertificates = options.requestCertificates ?? [];
    this.sign = options.sign ?? 'assertion';
    this.algorithm = options.signatureAlgorithm ?? 'rsa-sha256';
    this.now = options.now ?? (() => new Date());
    this.logout = new IdpLogout(this.entityId, this.key, this.now);
  }

  metadata(): string {
    return idpMetadata({
      entityId: this.entityId,
      ssoUrl: this.ssoUrl,
      sloUrl: this.sloUrl,
      sloResponseUrl: this.sloResponseUrl,
      certificatesPem: [this.key.certificatePem],
      wantsSignedRequests: this.requestCertificates.length > 0,
    });
  }

  readRedirect(url: string): AuthnRequest {
    this.requireSignature((pems) => redirectIsSigned(url, pems));
    return readRedirectBinding(url);
  }

  readPost(form: Readonly<Record<string, string | undefined>>): AuthnRequest {
    const xml = Buffer.from(form['SAMLRequest'] ?? '', 'base64').toString('utf8');
    this.requireSignature((pems) => documentIsSigned(xml, pems));
    return readPostBinding(form);
  }

  respond(question: Question, person: Person, changes: ResponseChanges = {}): PostedResponse {
    const { relayState, acsUrl } = question;
    const SAMLResponse = Buffer.from(this.responseXml(question, person, changes)).toString('base64');
    return {
      acsUrl,
      form: { SAMLResponse, ...(relayState === undefined ? {} : { RelayState: relayState }) },
    };
  }

  /** An answer that nobody asked for: the person began in this IdP's own portal (SAML Profiles 4.1.5). */
  initiate(to: Omit<Question, 'id'>, person: Person, changes: ResponseChanges = {}): PostedResponse {
    return this.respond(to, person, changes);
  }

  /** The signed document itself, for those who want to look at it or send it another way. */
  responseXml(question: Question, person: Person, changes: ResponseChanges = {}): string {
    const facts = responseFacts(this.entityId, question, person, changes, this.now());
    const unsigned = (changes.xml ?? asIs)(responseDocument(facts));
    const { sign = this.sign, encrypt } = changes;
    const seal = encrypt && ((xml: string) => encryptAssertion(xml, encrypt));
    const signed = signResponse(unsigned, sign, this.key, this.algorithm, seal);
    return (changes.signedXml ?? asIs)(signed);
  }

  private requireSignature(isSigned: (certificatesPem: readonly string[]) => boolean): void {
    if (this.requestCertificates.length === 0 || isSigned(this.requestCertificates)) return;
    throw new Error('The request is not signed by a key of the service provider');
  }
}

function asIs(xml: string): string {
  return xml;
}
