import type { SsoConfig } from '../config.ts';
import { isObject, textIn } from '../json.ts';
import { SsoError } from '../sso-error.ts';
import type { CallOptions, Transport } from '../transport.ts';

const hour = 3_600_000;

/** The addresses that the SDK needs of the issuer's discovery document. */
export interface IssuerMetadata {
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly endSessionEndpoint: string | undefined;
}

/** The issuer's discovery document, fetched once an hour at most. */
export class Issuer {
  private known: { readonly until: number; readonly metadata: IssuerMetadata } | undefined;

  constructor(
    private readonly config: SsoConfig,
    private readonly transport: Transport,
  ) {}

  async metadata(options?: CallOptions): Promise<IssuerMetadata> {
    const now = this.config.now().getTime();
    if (this.known !== undefined && now < this.known.until) return this.known.metadata;
    const url = `${this.config.issuer}/.well-known/openid-configuration`;
    const metadata = parseMetadata(await this.transport.json({ url }, options), this.config.issuer);
    this.known = { until: now + hour, metadata };
    return metadata;
  }
}

function parseMetadata(document: unknown, issuer: string): IssuerMetadata {
  if (!isObject(document)) throw invalid(`${issuer} has no discovery document.`);
  // OpenID Connect Discovery 4.3: the issuer named inside must be the one that was asked.
  if (document['issuer'] !== issuer) {
    throw invalid(`The server calls itself ${String(document['issuer'])}, not ${issuer}.`);
  }
  const endpoint = (name: string) => onIssuer(textIn(document, name), name, issuer);
  return {
    authorizationEndpoint: endpoint('authorization_endpoint'),
    tokenEndpoint: endpoint('token_endpoint'),
    jwksUri: endpoint('jwks_uri'),
    endSessionEndpoint: 'end_session_endpoint' in document ? endpoint('end_session_endpoint') : undefined,
  };
}

// The client's secret and the trusted keys never leave the issuer's origin.
function onIssuer(url: string | undefined, name: string, issuer: string): string {
  if (url !== undefined && URL.canParse(url) && new URL(url).origin === new URL(issuer).origin) return url;
  throw invalid(`The discovery document of ${issuer} names no ${name} on the same origin.`);
}

function invalid(message: string): SsoError {
  return new SsoError('config_invalid', message, {
    httpStatus: 502,
    hint: 'GATEHOUSE_URL must be the public address that the server is configured with.',
  });
}
