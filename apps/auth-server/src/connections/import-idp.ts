import { Clock, MetadataSource, SsoError, type IdpDescription } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import { describeIdp, readIdpMetadata } from '@gatehouse/saml';
import type { IdpSource } from './connections.dto';

/** Reads an identity provider from a metadata address, metadata XML or values typed in (CON-6). */
@Injectable()
export class ImportIdp {
  constructor(
    @Inject(MetadataSource) private readonly published: MetadataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Undefined where no source is given. Throws `metadata_*`, `certificate_*` or why a fetch failed. */
  async from(source: IdpSource): Promise<IdpDescription | undefined> {
    if (source.manual) return describeIdp(source.manual);
    if (source.metadataXml !== undefined) return readIdpMetadata(source.metadataXml, this.clock.now());
    return source.metadataUrl === undefined ? undefined : this.load(source.metadataUrl);
  }

  private async load(url: string): Promise<IdpDescription> {
    try {
      return await this.published.load(url);
    } catch (thrown) {
      throw thrown instanceof SsoError ? withOtherWays(thrown) : thrown;
    }
  }
}

/** Whoever cannot mend the address can still go on (CRT-5). */
export function withOtherWays({ code, message, details, cause }: SsoError): SsoError {
  const offer = 'You can also give the metadata XML (metadataXml), or enter the values by hand (manual).';
  return new SsoError(
    code,
    `${message} ${offer}`,
    { ...details, instead: ['metadataXml', 'manual'] },
    { cause },
  );
}
