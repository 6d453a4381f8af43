export { GuardedFetch } from './outbound/guarded-fetch';
export { GuardedPost } from './outbound/guarded-post';
export type { OutboundOptions } from './outbound/guarded-client';
export type { HostResolver } from './outbound/checked-lookup';
export { NodeDnsResolver, type NodeDnsResolverOptions } from './dns/node-dns-resolver';
export { SmtpMailer, type SmtpMailerOptions } from './mail/smtp-mailer';
export { readSmtpAddress, type SmtpAddress } from './mail/smtp-address';
