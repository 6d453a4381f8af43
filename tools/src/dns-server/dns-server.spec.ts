import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { startDnsServer } from './index';
import type { DnsServer } from './index';

let server: DnsServer;
let resolver: Resolver;

beforeAll(async () => {
  server = await startDnsServer();
  resolver = new Resolver({ timeout: 200, tries: 1 });
  resolver.setServers([server.address]);
});

afterAll(() => server.close());

it('answers TXT records in the chunks they were given in [DOM-5]', async () => {
  server.set('_proof.acme.example', 'TXT', ['one', ['gatehouse=', 'abc']]);
  expect(await resolver.resolveTxt('_proof.acme.example')).toEqual([['one'], ['gatehouse=', 'abc']]);
});

it('compares names without case and notes the questions', async () => {
  server.set('Mixed.Example.', 'A', ['192.0.2.7']);
  expect(await resolver.resolve4('mixed.EXAMPLE')).toEqual(['192.0.2.7']);
  expect(server.questions.at(-1)?.toLowerCase()).toBe('a mixed.example');
});

it('follows an alias to the records behind it', async () => {
  server.set('_proof.alias.example', 'CNAME', ['target.example']);
  server.set('target.example', 'TXT', ['behind']);
  expect(await resolver.resolveCname('_proof.alias.example')).toEqual(['target.example']);
  expect(await resolver.resolveTxt('_proof.alias.example')).toEqual([['behind']]);
});

it('says that an unknown name does not exist', async () => {
  await expect(resolver.resolveTxt('nowhere.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

it('says that a known name has no record of another type', async () => {
  server.set('only-a.example', 'A', ['192.0.2.1']);
  await expect(resolver.resolveTxt('only-a.example')).rejects.toMatchObject({ code: 'ENODATA' });
});

it('fails on request', async () => {
  server.servfail('broken.example');
  await expect(resolver.resolveTxt('broken.example')).rejects.toMatchObject({ code: 'ESERVFAIL' });
});

it('keeps silent on request until records are set again', async () => {
  server.silent('slow.example');
  await expect(resolver.resolveTxt('slow.example')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  server.set('slow.example', 'TXT', ['awake']);
  expect(await resolver.resolveTxt('slow.example')).toEqual([['awake']]);
});

it('forgets a removed name', async () => {
  server.set('gone.example', 'TXT', ['x']);
  server.remove('gone.example');
  await expect(resolver.resolveTxt('gone.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

it('survives what is no DNS message', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.send('hello', server.port, '127.0.0.1', () => resolve()));
  socket.close();
  server.set('after.example', 'TXT', ['still here']);
  expect(await resolver.resolveTxt('after.example')).toEqual([['still here']]);
});

it('says so when its port is taken', async () => {
  await expect(startDnsServer({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
