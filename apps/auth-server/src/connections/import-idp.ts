import { OutboundFetch, type IdpDescription } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@gatehouse/core';
import { describeIdp, readIdpMetadata } from '@gatehouse/saml';
import type { IdpSource } from './connections.dto';

/** Reads an identity provider from a metadata address, metadata XML or values typed in (CON-6). */
@Injectable()
export class ImportIdp {
  constructor(
    @Inject(OutboundFetch) private readonly outbound: OutboundFetch,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Undefined where no source is given. Throws `metadata_*`, `certificate_invalid` or why a fetch failed. */
  async from(source: IdpSource): Promise<IdpDescription | undefined> {
    if (source.manual) return describeIdp(source.manual);
    if (source.metadataXml !== undefined) return readIdpMetadata(source.metadataXml, this.clock.now());
    if (source.metadataUrl === undefined) return undefined;
    const accept = 'application/samlmetadata+xml, application/xml, text/xml';
    const { body } = await this.outbound.get(source.metadataUrl, { accept });
    return readIdpMetadata(body, this.clock.now());
  }
}
