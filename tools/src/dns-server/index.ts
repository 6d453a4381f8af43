export { DnsServer, startDnsServer } from './dns-server';
export type { DnsServerOptions } from './dns-server';
export type { RecordType, RecordValue } from './zone';
