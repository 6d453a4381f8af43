export type { AuthnRequest } from './authn-request';
export { generateKeyAndCertificate } from './key-and-certificate';
export type { CertificateWishes, KeyAndCertificate } from './key-and-certificate';
export { certificateBody, idpMetadata } from './idp-metadata';
export { STATUS_SUCCESS } from './response-facts';
export type { Person, Question, ResponseChanges, ResponseFacts } from './response-facts';
export { SamlIdp } from './saml-idp';
export type { PostedResponse, SamlIdpOptions } from './saml-idp';
export type { SignatureAlgorithm, SignMode } from './sign-response';
