import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { generateKeyAndCertificate } from '../saml-idp';
import type { KeyAndCertificate } from '../saml-idp';

const keyFile = z.object({ privateKeyPem: z.string(), certificatePem: z.string() });

/** One DNS record as it is posted to the demo and kept. */
export const dnsRecord = z.object({
  name: z.string().min(1).max(253),
  type: z.enum(['TXT', 'CNAME', 'A', 'AAAA']),
  records: z.array(z.union([z.string(), z.array(z.string())])),
});
export type DnsRecord = z.infer<typeof dnsRecord>;

/** What the demo keeps between starts: the IdP's key, so that its certificate stays known, the zone, and whose password is set. */
export class DemoFiles {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  key(): KeyAndCertificate {
    const file = join(this.folder, 'idp-key.json');
    if (existsSync(file)) return keyFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    const key = generateKeyAndCertificate({ commonName: 'Acme Identity (demo)' });
    replace(file, key);
    return key;
  }

  dnsRecords(): readonly DnsRecord[] {
    const file = join(this.folder, 'dns-records.json');
    return existsSync(file) ? z.array(dnsRecord).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
  }

  keepDnsRecord(record: DnsRecord): void {
    const others = this.dnsRecords().filter(({ name, type }) => name !== record.name || type !== record.type);
    replace(join(this.folder, 'dns-records.json'), [...others, record]);
  }

  passwordsSet(): readonly string[] {
    const file = join(this.folder, 'passwords-set.json');
    return existsSync(file) ? z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
  }

  keepPasswordSet(email: string): void {
    replace(join(this.folder, 'passwords-set.json'), [...this.passwordsSet(), email]);
  }
}

/** Written beside and renamed, so that a stop in between leaves the old file whole. */
function replace(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(content, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
