import {
  Clock,
  SamlKeys,
  serviceProvider,
  StartLogin,
  type Connection,
  type LoginStart,
} from '@gatehouse/core';
import { buildPostRequest, buildRedirectRequest, requestEndpoint } from '@gatehouse/saml';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import type { Departure } from '../http/departure';

/** Begins flows, and writes the requests that go to identity providers for them. */
@Injectable()
export class IdpRequests {
  constructor(
    private readonly startLogin: StartLogin,
    private readonly keys: SamlKeys,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws what `StartLogin.begin` throws. */
  async begin(connection: Connection, start: LoginStart): Promise<Departure> {
    const { requestId } = await this.startLogin.begin(connection, start);
    const message = {
      connection,
      serviceProvider: serviceProvider(this.config.publicUrl, connection),
      requestId,
      signer: await this.keys.signing(),
      now: this.clock.now(),
    };
    return requestEndpoint(connection).binding === 'redirect'
      ? { binding: 'redirect', url: buildRedirectRequest(message) }
      : { binding: 'post', form: buildPostRequest(message) };
  }
}
