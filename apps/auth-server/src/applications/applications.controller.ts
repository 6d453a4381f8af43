import {
  applicationId,
  Applications,
  DeploymentAuditLog,
  LogoutNotices,
  type Actor,
  type Application,
  type ApplicationId,
} from '@gatehouse/core';
import { Body, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';

const initiateLoginUri = z
  .string()
  .max(2000)
  .describe(
    'OpenID Connect Core 4: where the application can be asked to begin a sign-in, with `iss` and `connection`. Needed for sign-ins that begin at the identity provider.',
  );

const backchannelLogoutUri = z
  .string()
  .max(2000)
  .describe(
    'OpenID Connect Back-Channel Logout 1.0: where the application is told, by a signed logout token, that a session has ended.',
  );

const newApplication = z.object({
  name: z.string().trim().min(1).max(200),
  redirectUris: z.array(z.string().max(2000)).min(1).max(20),
  postLogoutRedirectUris: z.array(z.string().max(2000)).max(20).default([]),
  initiateLoginUri: initiateLoginUri.optional(),
  backchannelLogoutUri: backchannelLogoutUri.optional(),
  clientSecret: z
    .string()
    .min(32)
    .max(200)
    .optional()
    .describe('Yours, for repeated set-ups; else we make one.'),
});

const applicationChange = z
  .object({
    initiateLoginUri: initiateLoginUri.nullable().optional().describe('null takes the address away.'),
    backchannelLogoutUri: backchannelLogoutUri.nullable().optional().describe('null takes the address away.'),
  })
  .refine((change) => Object.keys(change).length > 0, 'name an address to change');

const mostNotices = 200;
const waiting = z.object({
  items: z.array(
    z.object({
      sessionId: z.string(),
      attempts: z.number(),
      dueAt: z.string().describe('When it is tried again.'),
      lastError: z.string().optional(),
    }),
  ),
});

const ApplicationIdPipe = idPipe(applicationId);

@ApiController('applications', 'Applications')
export class ApplicationsController {
  constructor(
    private readonly applications: Applications,
    private readonly notices: LogoutNotices,
    private readonly audit: DeploymentAuditLog,
  ) {}

  @Post()
  @Needs('operator')
  @Body31(newApplication)
  @Answer(201, 'The application; its secret is shown this once.')
  async create(@Body() body: unknown, @Acting() actor: Actor) {
    const { clientSecret, ...wanted } = parse(newApplication, body);
    const { application, secret } = await this.applications.create(
      { ...wanted, secret: clientSecret },
      actor,
    );
    return { ...present(application), clientSecret: secret };
  }

  @Patch(':id')
  @Needs('operator')
  @Body31(applicationChange)
  async change(
    @Param('id', ApplicationIdPipe) id: ApplicationId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    return present(await this.applications.change(id, parse(applicationChange, body), actor));
  }

  @Get()
  @Needs('operator')
  async list() {
    return { items: (await this.applications.list()).map(present) };
  }

  @Get('audit')
  @Needs('operator')
  @Answer(200, 'Who made and changed applications, newest first; secrets are left out.')
  async listAudit(@Query() query: unknown) {
    const page = toPage(parse(pageQuery, query));
    return slice(await this.audit.list('application', page), page.limit);
  }

  @Get(':id/logout-notices')
  @Needs('operator')
  @Answer(
    200,
    'Ended sessions that the application was not told of yet, the next first, and why not.',
    waiting,
  )
  async listNotices(@Param('id', ApplicationIdPipe) id: ApplicationId) {
    return { items: await this.notices.waitingFor(id, mostNotices) };
  }
}

function present(application: Application) {
  const { id, name, redirectUris, postLogoutRedirectUris, createdAt } = application;
  const { initiateLoginUri, backchannelLogoutUri } = application;
  const addresses = { redirectUris, postLogoutRedirectUris, initiateLoginUri, backchannelLogoutUri };
  return { clientId: id, name, ...addresses, createdAt };
}
