import type { DocumentBuilder } from '@nestjs/swagger';
import type { Config } from '../config';
import { describeCookies } from '../issuer/issuer-cookies';
import { securitySchemes } from './needs';

/** The ways to prove who calls, for the API's own description. */
export function describeCredentials(builder: DocumentBuilder, config: Config): DocumentBuilder {
  return builder
    .addSecurity(securitySchemes.operator, {
      type: 'http',
      scheme: 'bearer',
      description: 'The operator key: everything, in every tenant.',
    })
    .addSecurity(securitySchemes.token, {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'gatehouse_ and 72 hexadecimal digits',
      description:
        "A member's API token: its own tenant only, the scope that the route names only, and no more than the member's role.",
    })
    .addSecurity(securitySchemes.session, {
      type: 'apiKey',
      in: 'cookie',
      name: describeCookies(config).names.session,
      description:
        "The session of a member's browser: its own tenant only, by role. Calls that change something come from our own pages.",
    })
    .addBasicAuth(
      {
        type: 'http',
        scheme: 'basic',
        description: 'ID and secret of an application, form-encoded (RFC 6749 2.3.1).',
      },
      'application',
    );
}
