import { MetadataSource, type Clock, type IdpDescription, type OutboundFetch } from '@gatehouse/core';
import { checkMetadataAddress } from './check-metadata-address';
import { readIdpMetadata } from './read-idp-metadata';

const accept = 'application/samlmetadata+xml, application/xml, text/xml';

/** What stands at an address is judged by its content: servers give metadata all kinds of content types. */
export class PublishedMetadata extends MetadataSource {
  constructor(
    private readonly outbound: OutboundFetch,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Throws `metadata_*`, `certificate_*` or why the fetch failed. */
  async load(url: string): Promise<IdpDescription> {
    checkMetadataAddress(url);
    const { body } = await this.outbound.get(url, { accept });
    return readIdpMetadata(body, this.clock.now());
  }
}
