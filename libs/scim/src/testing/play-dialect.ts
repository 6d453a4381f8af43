import type { Dialect, Exchange, Phase } from './dialect';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../json';
import { parseJson } from '../parse-json';
import type { ScimRequest } from '../server/scim-request';

/** How requests get to the server that is looked at. */
export type Send = (
  request: ScimRequest,
) => Promise<{ readonly status: number; readonly body?: Json | undefined }>;

/** Sends what a client sends, and throws where the answer is not what that client needs. */
export class DialectPlayer {
  private readonly names: Map<string, string>;

  constructor(
    private readonly dialect: Dialect,
    private readonly send: Send,
    domain: string,
  ) {
    this.names = new Map([['domain', domain]]);
  }

  async play(phase: Phase): Promise<void> {
    for (const exchange of phase.exchanges) await this.exchange(exchange, phase.name);
  }

  /** What is to be there after the phase. */
  stateAfter(phase: Phase): Json {
    return this.filledIn(phase.state);
  }

  /** The ID that the answer gave what the sequence calls by this name. */
  idOf(name: string): string {
    const id = this.names.get(name);
    if (id === undefined) throw new Error(`${this.dialect.client} has made nothing called ${name}.`);
    return id;
  }

  private async exchange(exchange: Exchange, phase: string): Promise<void> {
    const request = this.requestOf(exchange);
    const { status, body } = await this.send(request);
    const wanted: JsonObject = {
      status: exchange.status,
      ...(exchange.answer === undefined ? {} : { body: this.filledIn(exchange.answer) }),
    };
    const got: JsonObject = { status, ...(body === undefined ? {} : { body }) };
    const difference = differenceOf(wanted, got, 'answer');
    if (difference !== undefined) {
      const what = `${this.dialect.client}, ${phase}: ${request.method} ${request.path}?${request.query ?? ''}`;
      throw new Error(`${what}\n${request.body ?? ''}\n${difference}\nGot ${JSON.stringify(got)}`);
    }
    for (const name of exchange.keep) this.keep(name, body);
  }

  private keep(name: string, body: Json | undefined): void {
    const id = isJsonObject(body) ? body['id'] : undefined;
    if (typeof id !== 'string') throw new Error(`The answer has no id for ${name}: ${JSON.stringify(body)}`);
    this.names.set(name, id);
  }

  private requestOf({ method, path, query, body }: Exchange): ScimRequest {
    const pairs = Object.entries(query).map(([name, value]) => {
      return `${encodeURIComponent(name)}=${encodeURIComponent(this.named(value))}`;
    });
    const { 'content-type': contentType, ...headers } = this.dialect.headers;
    return {
      method,
      path: this.named(path),
      query: pairs.join('&'),
      headers:
        body === undefined || contentType === undefined
          ? headers
          : { ...headers, 'content-type': contentType },
      body: body === undefined ? undefined : JSON.stringify(this.filledIn(body)),
    };
  }

  private filledIn(value: Json): Json {
    return parseJson(this.named(JSON.stringify(value)));
  }

  private named(text: string): string {
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => this.idOf(name));
  }
}

/** What of the wanted value is not there: objects may have more, lists may not. */
function differenceOf(wanted: Json, got: Json | undefined, at: string): string | undefined {
  if (isJsonList(wanted) && isJsonList(got) && wanted.length === got.length) {
    return firstOf(wanted.map((each, index) => differenceOf(each, got[index], `${at}[${index}]`)));
  }
  if (isJsonObject(wanted) && isJsonObject(got)) {
    const names = Object.keys(wanted);
    return firstOf(names.map((name) => differenceOf(wanted[name] ?? null, got[name], `${at}.${name}`)));
  }
  return wanted === got
    ? undefined
    : `Wanted at ${at}: ${JSON.stringify(wanted)}, got: ${JSON.stringify(got)}`;
}

function firstOf(differences: readonly (string | undefined)[]): string | undefined {
  return differences.find((difference) => difference !== undefined);
}
