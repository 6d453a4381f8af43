export { buildPostRequest, buildRedirectRequest } from './build-request';
export type { PostRequest, RequestToBuild } from './build-request';
export { describeIdp } from './describe-idp';
export type { TypedIdp } from './describe-idp';
export { readCertificates } from './read-certificates';
export { readIdpMetadata } from './read-idp-metadata';
export { serviceProviderMetadata } from './service-provider-metadata';
export { verifyResponse } from './verify-response';
export type { ResponseToVerify } from './verify-response';
