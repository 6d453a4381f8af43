export { GuardedFetch, type GuardedFetchOptions } from './outbound/guarded-fetch';
export type { HostResolver } from './outbound/checked-lookup';
export { NodeDnsResolver, type NodeDnsResolverOptions } from './dns/node-dns-resolver';
export { SmtpMailer, type SmtpMailerOptions } from './mail/smtp-mailer';
export { readSmtpAddress, type SmtpAddress } from './mail/smtp-address';
