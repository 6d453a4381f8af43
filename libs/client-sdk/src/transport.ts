import { isObject, type JsonObject, numberIn, parseJson, textIn } from './json.ts';
import { SsoError, type SsoErrorCode } from './sso-error.ts';

/** What every method that goes over the network takes. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** For the whole call, repetitions included. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** How often to try again after a fault that may pass. Default 2 for reading, 0 for the rest. */
  readonly retries?: number | undefined;
}

export interface Outgoing {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request and answers with its JSON; every fault is an `SsoError`. */
export class Transport {
  constructor(private readonly fetch: typeof globalThis.fetch) {}

  async json(request: Outgoing, options: CallOptions = {}): Promise<unknown> {
    const signal = deadline(options);
    const retries = options.retries ?? (request.method === 'POST' ? 0 : 2);
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.once(request, signal);
      if (!(outcome instanceof SsoError)) return outcome.body;
      if (!outcome.retryable || attempt >= retries || signal.aborted) throw outcome;
      await pause(100 * 2 ** attempt, signal);
    }
  }

  private async once(request: Outgoing, signal: AbortSignal): Promise<SsoError | { body: unknown }> {
    try {
      const response = await this.fetch(request.url, {
        method: request.method ?? 'GET',
        headers: { accept: 'application/json', ...request.headers },
        // A redirect could carry the client's secret to another host.
        redirect: 'error',
        signal,
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      const body = parseJson(await response.text());
      return response.ok ? { body } : refusal(response, isObject(body) ? body : {});
    } catch (cause) {
      return unreachable(request.url, cause, signal);
    }
  }
}

function deadline({ signal, timeoutMs = 10_000 }: CallOptions): AbortSignal {
  const limit = AbortSignal.timeout(timeoutMs);
  return signal === undefined ? limit : AbortSignal.any([signal, limit]);
}

function unreachable(url: string, cause: unknown, signal: AbortSignal): SsoError {
  const { origin } = new URL(url);
  const message = signal.aborted ? `${origin} did not answer in time.` : `${origin} cannot be reached.`;
  return new SsoError('network', message, {
    httpStatus: signal.aborted ? 504 : 502,
    retryable: true,
    hint: 'Check GATEHOUSE_URL and that the server runs.',
    cause,
  });
}

// RFC 9457 problems from the API; RFC 6749 5.2 errors from the token endpoint.
function refusal(response: Response, body: JsonObject): SsoError {
  const message =
    textIn(body, 'detail') ??
    textIn(body, 'error_description') ??
    textIn(body, 'title') ??
    'The server refused.';
  const type = textIn(body, 'type');
  return new SsoError(codeOf(response.status, body), message, {
    httpStatus: numberIn(body, 'status') ?? response.status,
    requestId: textIn(body, 'requestId') ?? response.headers.get('x-request-id') ?? undefined,
    retryable: response.status === 429 || response.status >= 500,
    hint: textIn(body, 'hint'),
    docsUrl: type?.startsWith('http') ? type : undefined,
  });
}

function codeOf(status: number, body: JsonObject): SsoErrorCode {
  const code = textIn(body, 'code');
  if (code !== undefined) return code;
  const error = textIn(body, 'error');
  if (error === 'invalid_client') return 'config_invalid';
  if (error === 'invalid_grant') return 'state_expired';
  if (status === 404) return 'not_found';
  if (status === 409) return 'conflict';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'network' : 'validation_failed';
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
