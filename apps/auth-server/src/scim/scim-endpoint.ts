import {
  Chance,
  Clock,
  DirectoryCallers,
  requireRunning,
  SsoError,
  type DirectoryTokenView,
} from '@gatehouse/core';
import { ScimError, type ScimResponse } from '@gatehouse/scim';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readBearer } from '../callers/bearer';
import type { Config } from '../config';
import { directoryAddress } from '../directories/present-directory';
import { TenantHosts } from '../hosts/tenant-hosts';
import { CONFIG } from '../http/config.token';
import { asRefusal } from '../http/problem';
import { stackOf } from '../http/problem.filter';
import { describeRequest } from './describe-request';
import { RequestJournal } from './request-journal';
import { readScimAddress, type ScimAddress } from './scim-address';
import { refusalResponse } from './scim-refusal';
import { ScimServers } from './scim-servers';
import { UnderWay } from './under-way';

/** A request whose sender is known, on its way through. */
interface Call {
  readonly view: DirectoryTokenView;
  readonly address: ScimAddress;
  readonly at: Date;
  /** Absent where it is not to be in the log. */
  answer?: ScimResponse;
}

/** What directories' clients talk to: who they are, what they are answered, and that it is written down. */
@Injectable()
export class ScimEndpoint {
  private readonly logger = new Logger('scim');
  private readonly calls = new WeakMap<FastifyRequest, Call>();
  private readonly underWay = new UnderWay();

  constructor(
    private readonly callers: DirectoryCallers,
    private readonly servers: ScimServers,
    private readonly journal: RequestJournal,
    private readonly hosts: TenantHosts,
    private readonly clock: Clock,
    private readonly chance: Chance,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Before anything of the body is read: whoever has no token sends none to us. Throws what `DirectoryCallers` throws. */
  async admit(request: FastifyRequest): Promise<void> {
    const address = readScimAddress(request.url);
    if (!address) throw noDirectory();
    const view = await this.callers.identify(address.directory, requireBearer(request));
    const tenant = await this.hosts.find(request);
    if (tenant && tenant.id !== view.tenant.id) throw noDirectory();
    this.calls.set(request, { view, address, at: this.clock.now() });
    await this.callers.requireOpen(view);
  }

  async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { view, address } = this.callOf(request);
    const { directory, tenant, token } = view;
    requireRunning(directory);
    const base = (await this.hosts.find(request))?.host;
    const server = this.servers.of({
      directory,
      actor: { kind: 'directory', id: directory.id, address: request.ip, token: token.id },
      baseUrl: directoryAddress(base === undefined ? this.config.publicUrl : `https://${base}`, directory.id),
      reference: `${request.id} ${tenant.id}`,
    });
    const { method, headers } = request;
    const { path, query } = address;
    const body = bodyOf(request);
    const asked = { method, path, query, headers: single(headers), body };
    await this.send(request, reply, await this.underWay.run(directory.id, () => server.handle(asked)));
  }

  async refuse(thrown: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const refusal = asRefusal(thrown);
    if (refusal.code === 'internal' && !(thrown instanceof ScimError))
      this.logger.error(`${request.id} ${stackOf(refusal.cause ?? refusal)}`);
    const { refused = 1 } = refusal.details;
    // Of a client that runs wild the first refusal says it all.
    if (refused !== 1) this.calls.delete(request);
    if (request.body === undefined && isLong(request)) reply.header('connection', 'close');
    await this.send(request, reply, refusalResponse(thrown));
  }

  /** Behind the answer. */
  note(request: FastifyRequest, milliseconds: number): void {
    const call = this.calls.get(request);
    if (!call?.answer) return;
    const { view, address, at, answer } = call;
    const { method, headers } = request;
    const { scimType, detail } = answer.status >= 400 ? (answer.body ?? {}) : {};
    this.journal.note(
      describeRequest(
        {
          ...{ view, address, at, method, body: bodyOf(request), status: answer.status },
          ...{ ifMatch: headers['if-match'], userAgent: headers['user-agent'] },
          ...{ scimType: textOf(scimType), detail: textOf(detail), milliseconds: Math.round(milliseconds) },
        },
        this.chance,
      ),
    );
  }

  private async send(request: FastifyRequest, reply: FastifyReply, answer: ScimResponse): Promise<void> {
    const call = this.calls.get(request);
    if (call) call.answer = answer;
    const { status, headers, body } = answer;
    // It speaks of people, and to one client only (RFC 9111 5.2.2.5).
    await reply
      .code(status)
      .headers({ 'cache-control': 'no-store', ...headers })
      .send(body && JSON.stringify(body));
  }

  private callOf(request: FastifyRequest): Call {
    const call = this.calls.get(request);
    if (call) return call;
    throw new Error('A request of a directory came past the door.');
  }
}

function requireBearer(request: FastifyRequest): string {
  const secret = readBearer(request);
  if (secret !== undefined) return secret;
  throw new SsoError('credential_missing', 'Send a token of this directory as "Authorization: Bearer …".');
}

function noDirectory(): SsoError {
  return new SsoError(
    'not_found',
    'There is no such directory here. Compare the address with that of the directory.',
  );
}

/** So long that it is cheaper to hang up than to take it off the wire for nothing. */
function isLong({ headers }: FastifyRequest): boolean {
  return Number(headers['content-length'] ?? 0) > 65_536 || headers['transfer-encoding'] !== undefined;
}

function bodyOf({ body }: FastifyRequest): string | undefined {
  return typeof body === 'string' ? body : undefined;
}

/** Node joins what may come several times; the few that it does not are none of the protocol's. */
function single(headers: FastifyRequest['headers']): Readonly<Record<string, string | undefined>> {
  const entries = Object.entries(headers).map(([name, value]) => [name, textOf(value)] as const);
  return Object.fromEntries(entries);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
