import { referencesOf, withReferences } from './bulk-references';
import { refuseMalformed, requestOf } from './bulk-operation';
import { type BulkOperation, type BulkRequest, readBulk } from './read-bulk';
import type { JsonObject } from '../../json';
import { ScimError } from '../../scim-error';
import { errorResponse } from '../error-response';
import type { ScimLimits } from '../scim-options';
import { answer, type ScimRequest, type ScimResponse } from '../scim-request';

type Handle = (request: ScimRequest) => Promise<ScimResponse>;

/** RFC 7644 3.7: operations one by one, each for itself; what one needs of a later one is made first. */
export async function runBulk(
  request: ScimRequest,
  limits: ScimLimits,
  baseUrl: string,
  handle: Handle,
): Promise<ScimResponse> {
  const run = new BulkRun(readBulk(request, limits), baseUrl, handle);
  return answer(200, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
    Operations: await run.all(),
  });
}

class BulkRun {
  private readonly creators: ReadonlyMap<string, number>;
  private readonly ids = new Map<string, string>();
  private readonly outcomes = new Map<number, JsonObject>();
  private readonly underway = new Set<number>();
  private failures = 0;

  constructor(
    private readonly request: BulkRequest,
    private readonly baseUrl: string,
    private readonly handle: Handle,
  ) {
    const posts = [...request.operations.entries()].reverse();
    this.creators = new Map(
      posts.flatMap(([number, { method, bulkId }]): [string, number][] =>
        method === 'POST' && bulkId !== undefined ? [[bulkId, number]] : [],
      ),
    );
  }

  /** In the order of the request, whatever was done first; without what was left alone after too many failures. */
  async all(): Promise<readonly JsonObject[]> {
    const { operations } = this.request;
    for (const number of operations.keys()) await this.perform(number);
    return [...this.outcomes].sort(([one], [other]) => one - other).map(([, outcome]) => outcome);
  }

  private async perform(number: number): Promise<void> {
    const operation = this.request.operations[number];
    if (operation === undefined || this.outcomes.has(number) || this.isStopped()) return;
    this.underway.add(number);
    const response = await this.attempt(operation, number);
    this.underway.delete(number);
    if (response !== undefined) this.note(operation, number, response);
  }

  /** Nothing where it is left alone. */
  private async attempt(operation: BulkOperation, number: number): Promise<ScimResponse | undefined> {
    try {
      refuseMalformed(operation, this.creators.get(operation.bulkId ?? '') === number);
      for (const bulkId of referencesOf(operation)) await this.provide(bulkId);
      if (this.isStopped()) return undefined;
      return await this.handle(requestOf(withReferences(operation, this.ids)));
    } catch (error) {
      if (error instanceof ScimError) return errorResponse(error);
      throw error;
    }
  }

  /** Sees to it that the resource with this bulkId is there. */
  private async provide(bulkId: string): Promise<void> {
    const creator = this.creators.get(bulkId);
    const name = JSON.stringify(bulkId);
    if (creator === undefined) {
      throw new ScimError(400, `No POST in this request has the bulkId ${name}.`, 'invalidValue');
    }
    if (this.underway.has(creator)) {
      throw new ScimError(
        409,
        `The operations around bulkId ${name} need one another: send one without the other first.`,
      );
    }
    await this.perform(creator);
    if (!this.ids.has(bulkId) && !this.isStopped()) {
      throw new ScimError(409, `This needs what bulkId ${name} was to make, and that failed.`);
    }
  }

  private note(operation: BulkOperation, number: number, response: ScimResponse): void {
    const failed = response.status >= 400;
    if (failed) this.failures += 1;
    const id = response.body?.['id'];
    const { method, bulkId } = operation;
    if (!failed && method === 'POST' && bulkId !== undefined && typeof id === 'string')
      this.ids.set(bulkId, id);
    this.outcomes.set(number, this.outcomeOf(operation, response, failed));
  }

  private outcomeOf(
    operation: BulkOperation,
    { status, headers, body }: ScimResponse,
    failed: boolean,
  ): JsonObject {
    const { method, bulkId } = operation;
    const there = method === 'POST' ? undefined : this.baseUrl + withReferences(operation, this.ids).path;
    const location = headers['location'] ?? there;
    const version = headers['etag'];
    return {
      method,
      ...(bulkId === undefined ? {} : { bulkId }),
      ...(location === undefined ? {} : { location }),
      ...(version === undefined ? {} : { version }),
      status: String(status),
      ...(failed && body !== undefined ? { response: body } : {}),
    };
  }

  private isStopped(): boolean {
    return this.failures >= this.request.failOnErrors;
  }
}
