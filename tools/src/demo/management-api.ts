import type { z } from 'zod';

/** An answer of the management API that was no success; `body` is its problem+json. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    call: string,
    body: string,
  ) {
    super(`${call} answered ${status}: ${body.slice(0, 600)}`);
  }
}

/** JSON calls with the operator key; every answer is parsed before it is believed. */
export class ManagementApi {
  constructor(
    private readonly baseUrl: string,
    private readonly operatorKey: string,
  ) {}

  async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    return schema.parse(await this.call('GET', path));
  }

  async post<Schema extends z.ZodType>(
    path: string,
    body: unknown,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    return schema.parse(await this.call('POST', path, body));
  }

  async patch<Schema extends z.ZodType>(
    path: string,
    body: unknown,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    return schema.parse(await this.call('PATCH', path, body));
  }

  /** Creates what may be there already; false when it was. */
  async create(path: string, body: unknown): Promise<boolean> {
    try {
      await this.call('POST', path, body);
      return true;
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 409) return false;
      throw error;
    }
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.baseUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.operatorKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new ApiRefusal(response.status, `${method} ${path}`, text);
    return text === '' ? undefined : JSON.parse(text);
  }
}
