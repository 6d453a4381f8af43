export { readPostedForm, readRedirectQuery } from './binding/incoming-message';
export type { IncomingMessage } from './binding/incoming-message';
export { postForm, redirectAddress } from './binding/outgoing-message';
export type { OutgoingMessage, PostForm } from './binding/outgoing-message';
export {
  buildPostRequest,
  buildRedirectRequest,
  requestEndpoint,
  signsRequests,
} from './request/build-request';
export type { RequestToBuild } from './request/build-request';
export { buildLogoutRequest, buildLogoutResponse, logoutEndpoint } from './logout/build-logout';
export type { LogoutStatus } from './logout/build-logout';
export type { LogoutExpectations } from './logout/check-envelope';
export { readLogoutRequest, verifyLogoutRequest } from './logout/verify-logout-request';
export type { AuthenticLogoutRequest } from './logout/verify-logout-request';
export { verifyLogoutResponse } from './logout/verify-logout-response';
export { checkMetadataAddress } from './metadata/check-metadata-address';
export { describeIdp } from './metadata/describe-idp';
export type { TypedIdp } from './metadata/describe-idp';
export { PublishedMetadata } from './metadata/published-metadata';
export { readCertificates } from './metadata/read-certificates';
export { readIdpMetadata } from './metadata/read-idp-metadata';
export { serviceProviderMetadata } from './metadata/service-provider-metadata';
export { claimedRequest } from './response/claimed-request';
export { ResponseWatch } from './response/response-watch';
export { verifyResponse } from './response/verify-response';
export type { ResponseToVerify } from './response/verify-response';
