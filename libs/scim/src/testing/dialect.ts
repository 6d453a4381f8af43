import { isJsonList, isJsonObject, type Json, type JsonObject } from '../json';

/** One request that a client is documented to send, and what it needs to see in the answer. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  readonly body: JsonObject | undefined;
  readonly status: number;
  /** What the body of the answer has among others. */
  readonly answer: JsonObject | undefined;
  /** Under which name later requests speak of an ID in the answer: `{{ada}}`. */
  readonly keep: readonly string[];
}

export interface Phase {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
  /** What is there when it is over: the same for every client. */
  readonly state: Json;
}

/** How one client does what all of them do. */
export interface Dialect {
  readonly folder: string;
  readonly client: string;
  readonly headers: { readonly [name: string]: string };
  readonly phases: readonly Phase[];
}

/** An exchange as it stands in a file. */
export function readExchange(value: Json): Exchange {
  const request = objectIn(value, 'request');
  const answer = objectIn(value, 'answer');
  const { body } = request;
  const { body: wanted, status } = answer;
  if (typeof status !== 'number') throw new Error(`An answer without a status: ${JSON.stringify(value)}`);
  return {
    method: textIn(request, 'method'),
    path: textIn(request, 'path'),
    query: textsIn(request['query']),
    body: isJsonObject(body) ? body : undefined,
    status,
    answer: isJsonObject(wanted) ? wanted : undefined,
    keep: isJsonObject(value) ? Object.keys(textsIn(value['keep'])) : [],
  };
}

export function listIn(value: Json): readonly Json[] {
  if (isJsonList(value)) return value;
  throw new Error(`A list is wanted, there is ${JSON.stringify(value)}`);
}

export function objectIn(value: Json, name: string): JsonObject {
  const found = isJsonObject(value) ? value[name] : undefined;
  if (isJsonObject(found)) return found;
  throw new Error(`An object "${name}" is wanted in ${JSON.stringify(value)}`);
}

export function textIn(value: Json, name: string): string {
  const found = isJsonObject(value) ? value[name] : undefined;
  if (typeof found === 'string') return found;
  throw new Error(`A text "${name}" is wanted in ${JSON.stringify(value)}`);
}

export function textsIn(value: Json | undefined): { readonly [name: string]: string } {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.keys(value).map((name) => [name, textIn(value, name)]));
}
