import { ScimServer } from '../src';
import { DialectPlayer, directoryState, MemoryDirectory, readDialects, type Send } from '../src/testing';
import { baseUrl } from './client';

const aServer = (): Send => {
  const now = () => new Date('2026-03-01T12:00:00.000Z');
  const { users, groups } = new MemoryDirectory(now);
  const fault = (error: unknown): never => {
    throw error;
  };
  const server = new ScimServer({ users, groups, baseUrl, now, fault });
  return (request) => server.handle(request);
};

const dialects = readDialects();

it('knows the clients that are promised [SCM-2]', () => {
  expect(dialects.map(({ folder }) => folder).sort()).toEqual([
    'entra-id',
    'entra-id-flag',
    'google',
    'jumpcloud',
    'okta',
    'onelogin',
    'pingone',
    'rippling',
  ]);
});

describe.each(dialects)('$client', (dialect) => {
  it('gets the answers it needs, and leaves the same behind as every other client [SCM-2]', async () => {
    const send = aServer();
    const player = new DialectPlayer(dialect, send, 'acme.example');
    for (const phase of dialect.phases) {
      await player.play(phase);
      expect({ [phase.name]: await directoryState(send) }).toEqual({
        [phase.name]: player.stateAfter(phase),
      });
    }
  });
});

it('notices an answer that a client cannot use, and a state that differs [SCM-2]', async () => {
  const [dialect] = dialects;
  const [phase] = dialect?.phases ?? [];
  if (dialect === undefined || phase === undefined) throw new Error('There is no dialect.');
  const mute: Send = () => Promise.resolve({ status: 204 });
  await expect(new DialectPlayer(dialect, mute, 'acme.example').play(phase)).rejects.toThrow(
    /Wanted at answer/,
  );
  const untouched = new DialectPlayer(dialect, aServer(), 'acme.example');
  expect(await directoryState(aServer())).not.toEqual(untouched.stateAfter(phase));
});
