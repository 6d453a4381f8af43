export { buildPostRequest, buildRedirectRequest, requestEndpoint } from './request/build-request';
export type { PostRequest, RequestToBuild } from './request/build-request';
export { describeIdp } from './metadata/describe-idp';
export type { TypedIdp } from './metadata/describe-idp';
export { readCertificates } from './metadata/read-certificates';
export { readIdpMetadata } from './metadata/read-idp-metadata';
export { serviceProviderMetadata } from './metadata/service-provider-metadata';
export { verifyResponse } from './response/verify-response';
export type { ResponseToVerify } from './response/verify-response';
