import { SignInTraceStore, SsoError, Tenants, traceId, type TraceId } from '@gatehouse/core';
import { Get, Param, Query } from '@nestjs/common';
import { Answer, ApiController, Query31 } from '../http/api';
import { Needs } from '../http/needs';
import { slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import { presentSignIn, readFilter, signInDetails, signInList, signInQuery } from './sign-ins.dto';

const TraceIdPipe = idPipe(traceId);

/** The sign-in log of a tenant: what became of each answer of its identity providers, for thirty days (LOG-11). */
@ApiController('tenants/:tenant/sign-ins', 'Sign-in log')
export class SignInsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly traces: SignInTraceStore,
  ) {}

  @Get()
  @Needs('sign-ins:read')
  @Query31(signInQuery)
  @Answer(200, 'Newest first; `next` is the `after` of the following page.', signInList)
  async list(@Param('tenant') name: string, @Query() query: unknown) {
    const wanted = parse(signInQuery, query);
    const { id } = await this.tenants.get(name);
    const page = toPage(wanted);
    const traces = await this.traces.list(id, readFilter(wanted), page);
    return slice(traces.map(presentSignIn), page.limit);
  }

  @Get(':id')
  @Needs('sign-ins:read')
  @Answer(200, 'With every check that was made, and the redacted answer.', signInDetails)
  async get(@Param('tenant') name: string, @Param('id', TraceIdPipe) id: TraceId) {
    const tenant = await this.tenants.get(name);
    const trace = await this.traces.find(tenant.id, id);
    if (trace) return presentSignIn(trace);
    throw new SsoError('not_found', 'There is no such sign-in; they are kept for thirty days.', { got: id });
  }
}
