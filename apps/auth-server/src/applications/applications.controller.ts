import { Applications, type Application } from '@gatehouse/core';
import { Body, Get, Post } from '@nestjs/common';
import { z } from 'zod';
import { Answer, ApiController, Body31 } from '../http/api';
import { parse } from '../http/parse';

const newApplication = z.object({
  name: z.string().trim().min(1).max(200),
  redirectUris: z.array(z.string().max(2000)).min(1).max(20),
  postLogoutRedirectUris: z.array(z.string().max(2000)).max(20).default([]),
  clientSecret: z
    .string()
    .min(32)
    .max(200)
    .optional()
    .describe('Yours, for repeated set-ups; else we make one.'),
});

@ApiController('applications', 'Applications')
export class ApplicationsController {
  constructor(private readonly applications: Applications) {}

  @Post()
  @Body31(newApplication)
  @Answer(201, 'The application; its secret is shown this once.')
  async create(@Body() body: unknown) {
    const { clientSecret, ...wanted } = parse(newApplication, body);
    const { application, secret } = await this.applications.create({ ...wanted, secret: clientSecret });
    return { ...present(application), clientSecret: secret };
  }

  @Get()
  async list() {
    return { items: (await this.applications.list()).map(present) };
  }
}

function present({ id, name, redirectUris, postLogoutRedirectUris, createdAt }: Application) {
  return { clientId: id, name, redirectUris, postLogoutRedirectUris, createdAt };
}
