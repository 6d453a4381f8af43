import { TenantOwners, type Actor } from '@gatehouse/core';
import { Controller, Get, Logger } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Acting } from '../http/caller';
import { Needs } from '../http/needs';
import { ProblemFilter } from '../http/problem.filter';
import { ApiGuard } from './api.guard';
import { IdentifyCaller } from './identify-caller';

const reached = jest.fn();
const identified = jest.fn();

@Controller('api/v1')
class RoutesOfTheApi {
  @Get('undeclared')
  undeclared() {
    reached('undeclared');
  }

  @Get('operators')
  @Needs('operator')
  operators(@Acting() actor: Actor) {
    return actor;
  }

  @Get('open')
  @Needs('nothing')
  open() {
    return {};
  }

  @Get('careless')
  @Needs('nothing')
  careless(@Acting() actor: Actor) {
    reached('careless', actor);
  }
}

@Controller('login')
class OtherRoutes {
  @Get()
  page() {
    return {};
  }
}

let app: NestFastifyApplication;

beforeAll(async () => {
  const actor = { kind: 'operator', address: '127.0.0.1' };
  identified.mockResolvedValue({ kind: 'operator', actor });
  const module = await Test.createTestingModule({
    controllers: [RoutesOfTheApi, OtherRoutes],
    providers: [
      { provide: IdentifyCaller, useValue: { from: identified } },
      { provide: TenantOwners, useValue: {} },
      { provide: APP_GUARD, useClass: ApiGuard },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  app.useGlobalFilters(new ProblemFilter());
  await app.init();
  jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
});

afterAll(() => app.close());
beforeEach(() => {
  reached.mockClear();
  identified.mockClear();
});

async function get(url: string): Promise<number> {
  return (await app.inject({ method: 'GET', url })).statusCode;
}

describe('the guard of the API', () => {
  it('closes a route that does not say what it needs, to the operator as well [SEC-3]', async () => {
    await expect(get('/api/v1/undeclared')).resolves.toBe(500);
    expect(reached).not.toHaveBeenCalled();
    expect(identified).not.toHaveBeenCalled();
  });

  it('closes it by whatever spelling of its address it is called [SEC-3]', async () => {
    for (const url of [
      '/API/v1/undeclared',
      '/api/v1/UNDECLARED',
      '//api/v1/undeclared',
      '/api/v1/undeclared/',
    ])
      expect(await get(url)).toBeGreaterThanOrEqual(400);
    await get('/%61pi/v1/undeclared');
    expect(reached).not.toHaveBeenCalled();
  });

  it('tells a route who acts, once it has let the call in [AUD-1]', async () => {
    const answer = await app.inject({ method: 'GET', url: '/api/v1/operators' });
    expect(answer.json()).toEqual({ kind: 'operator', address: '127.0.0.1' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('asks nobody who calls where nothing is needed, and then nobody acts', async () => {
    await expect(get('/api/v1/open')).resolves.toBe(200);
    expect(identified).not.toHaveBeenCalled();
    await expect(get('/api/v1/careless')).resolves.toBe(500);
    expect(reached).not.toHaveBeenCalled();
  });

  it('leaves what is not of the API to those who guard it', async () => {
    await expect(get('/login')).resolves.toBe(200);
  });
});
