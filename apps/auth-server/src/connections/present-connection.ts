import {
  Certificates,
  Clock,
  connectionState,
  MetadataStore,
  SamlKeys,
  serviceProvider,
  type Connection,
} from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { presentIdp } from './present-idp';
import { presentMetadata } from './present-metadata';
import { presentCertificate } from '../saml-keys/present-certificate';

/** A connection as the API shows it, with the values that its IdP's console asks for. */
@Injectable()
export class PresentConnection {
  constructor(
    @Inject(SamlKeys) private readonly keys: SamlKeys,
    @Inject(Certificates) private readonly certificates: Certificates,
    @Inject(MetadataStore) private readonly metadata: MetadataStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async one(connection: Connection) {
    const { id, tenantId, label, protocol, idp, metadataUrl, settings, test, enabledAt, createdAt } =
      connection;
    const { primary, version, pendingVersion, deletedAt, revision } = connection;
    return {
      id,
      label,
      protocol,
      state: connectionState(connection),
      primary,
      serviceProvider: await this.ownSide(connection),
      idp: idp && presentIdp(idp, await this.certificates.standings(connection), this.clock.now()),
      metadataUrl,
      metadata: presentMetadata(connection, await this.metadata.find(tenantId, id)),
      settings,
      test,
      version,
      pendingVersion,
      enabledAt,
      deletedAt,
      createdAt,
      revision,
    };
  }

  private async ownSide(connection: Connection) {
    const certificates = (await this.keys.certificates()).map(presentCertificate);
    return { ...serviceProvider(this.config.publicUrl, connection), certificates };
  }
}
