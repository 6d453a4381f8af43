import { Clock, OutboundFetch, SsoError, type IdpDescription } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import { checkMetadataAddress, describeIdp, readIdpMetadata } from '@gatehouse/saml';
import type { IdpSource } from './connections.dto';

const accept = 'application/samlmetadata+xml, application/xml, text/xml';

/** Reads an identity provider from a metadata address, metadata XML or values typed in (CON-6). */
@Injectable()
export class ImportIdp {
  constructor(
    @Inject(OutboundFetch) private readonly outbound: OutboundFetch,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Undefined where no source is given. Throws `metadata_*`, `certificate_*` or why a fetch failed. */
  async from(source: IdpSource): Promise<IdpDescription | undefined> {
    if (source.manual) return describeIdp(source.manual);
    if (source.metadataXml !== undefined) return readIdpMetadata(source.metadataXml, this.clock.now());
    return source.metadataUrl === undefined ? undefined : this.load(source.metadataUrl);
  }

  /** What stands at the address is judged by its content: servers give metadata all kinds of content types. */
  private async load(url: string): Promise<IdpDescription> {
    try {
      checkMetadataAddress(url);
      const { body } = await this.outbound.get(url, { accept });
      return readIdpMetadata(body, this.clock.now());
    } catch (thrown) {
      throw thrown instanceof SsoError ? withOtherWays(thrown) : thrown;
    }
  }
}

/** Whoever cannot mend the address can still go on (CRT-5). */
function withOtherWays({ code, message, details, cause }: SsoError): SsoError {
  const offer = 'You can also give the metadata XML (metadataXml), or enter the values by hand (manual).';
  return new SsoError(
    code,
    `${message} ${offer}`,
    { ...details, instead: ['metadataXml', 'manual'] },
    { cause },
  );
}
