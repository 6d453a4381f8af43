import type { CheckDomains } from '@gatehouse/core';
import type { Logger } from 'pino';

/** Looks for the proofs of domains that are due. */
export class CheckDomainsJob {
  constructor(
    private readonly domains: Pick<CheckDomains, 'run'>,
    private readonly log: Logger,
  ) {}

  async run(): Promise<void> {
    const checked = await this.domains.run();
    if (checked.looked > 0) this.log.info({ checked }, 'looked for the proofs of domains');
    if (checked.doubted > 0)
      this.log.error(
        { checked },
        'the proofs of most domains are gone at once: check the DNS resolver, none was counted as missing',
      );
    else if (checked.faults * 2 > checked.looked)
      this.log.warn({ checked }, 'most proofs could not be looked for: check the DNS resolver');
  }
}
