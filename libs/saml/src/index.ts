export { postForm, redirectAddress } from './binding/outgoing-message';
export type { OutgoingMessage, PostForm } from './binding/outgoing-message';
export {
  buildPostRequest,
  buildRedirectRequest,
  requestEndpoint,
  signsRequests,
} from './request/build-request';
export type { RequestToBuild } from './request/build-request';
export { checkMetadataAddress } from './metadata/check-metadata-address';
export { describeIdp } from './metadata/describe-idp';
export type { TypedIdp } from './metadata/describe-idp';
export { readCertificates } from './metadata/read-certificates';
export { readIdpMetadata } from './metadata/read-idp-metadata';
export { serviceProviderMetadata } from './metadata/service-provider-metadata';
export { claimedRequest } from './response/claimed-request';
export { verifyResponse } from './response/verify-response';
export type { ResponseToVerify } from './response/verify-response';
