import { SsoError } from '../shared/sso-error';
import { CheckLog } from './check-log';

function aLog() {
  let moment = 0;
  return new CheckLog(() => (moment += 1.5));
}

describe('the log of checks', () => {
  it('tells of each check what came of it and how long it took, and which were not reached [LOG-11]', async () => {
    const log = aLog();
    expect(log.run('encoding', () => 'the text')).toBe('the text');
    await expect(log.runAsync('once', async () => 7)).resolves.toBe(7);
    const list = log.list();
    expect(list[0]).toEqual({ name: 'encoding', result: 'passed', ms: 1.5 });
    expect(list.find(({ name }) => name === 'once')).toMatchObject({ result: 'passed' });
    expect(list.find(({ name }) => name === 'audience')).toEqual({
      name: 'audience',
      result: 'not-reached',
    });
  });

  it('keeps what a refusal wanted and got, and lets it through [LOG-11] [SML-14]', async () => {
    const log = aLog();
    const refusal = new SsoError('saml_audience_mismatch', 'no', { want: 'ours', got: ['theirs'] });
    const fail = () => {
      throw refusal;
    };
    expect(() => log.run('audience', fail)).toThrow(refusal);
    await expect(log.runAsync('once', async () => fail())).rejects.toBe(refusal);
    const failed = { result: 'failed', want: 'ours', got: ['theirs'] };
    expect(log.list().filter(({ result }) => result === 'failed')).toMatchObject([failed, failed]);
  });

  it('says nothing of a fault that is no refusal', () => {
    const log = aLog();
    const fail = () => {
      throw new Error('password=secret');
    };
    expect(() => log.run('session', fail)).toThrow('secret');
    expect(log.list().at(-1)).toEqual({ name: 'session', result: 'failed', ms: 1.5 });
  });
});
