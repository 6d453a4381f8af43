import { Clock, connectionState, SamlKeys, serviceProvider, type Connection } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { presentIdp } from './present-idp';
import { presentCertificate } from '../saml-keys/present-certificate';

/** A connection as the API shows it, with the values that its IdP's console asks for. */
@Injectable()
export class PresentConnection {
  constructor(
    @Inject(SamlKeys) private readonly keys: SamlKeys,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async one(connection: Connection) {
    const { id, label, protocol, idp, metadataUrl, settings, test, enabledAt, createdAt } = connection;
    const { primary, version, pendingVersion, deletedAt, revision } = connection;
    return {
      id,
      label,
      protocol,
      state: connectionState(connection),
      primary,
      serviceProvider: await this.ownSide(connection),
      idp: idp && presentIdp(idp, this.clock.now()),
      metadataUrl,
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
