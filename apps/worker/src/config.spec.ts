import { readConfig } from './config';

const url = 'postgres://gatehouse_app:secret@127.0.0.1/gatehouse';

describe('the settings of the worker', () => {
  it('are complete with the address of the database', () => {
    expect(readConfig({ DATABASE_URL: url })).toEqual({ databaseUrl: url, logLevel: 'info' });
  });

  it('may name a Redis for the queue', () => {
    expect(readConfig({ DATABASE_URL: url, QUEUE_URL: 'redis://127.0.0.1' })).toMatchObject({
      queueUrl: 'redis://127.0.0.1',
    });
  });

  it('are refused with one list of all mistakes [OPS-3]', () => {
    const read = () => readConfig({ QUEUE_URL: 'http://redis', LOG_LEVEL: 'loud' });
    expect(read).toThrow(
      /DATABASE_URL: is missing\n.*QUEUE_URL: must be a redis:.*\n.*LOG_LEVEL: must be debug/,
    );
  });
});
