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
    const fail = (got: unknown) => () => {
      throw new SsoError('saml_audience_mismatch', 'no', { want: 'ours', got });
    };
    expect(() => log.run('audience', fail(['theirs']))).toThrow('no');
    await expect(log.runAsync('once', async () => fail('again')())).rejects.toThrow('no');
    expect(log.list().filter(({ result }) => result === 'failed')).toMatchObject([
      { name: 'audience', want: 'ours', got: ['theirs'] },
      { name: 'once', want: 'ours', got: 'again' },
    ]);
  });

  it('blames the innermost of checks that hold one another [LOG-11]', () => {
    const log = aLog();
    const fail = () => {
      throw new SsoError('saml_recipient_mismatch', 'no', { want: 1, got: 2 });
    };
    expect(() => log.run('confirmation', () => log.run('recipient', fail))).toThrow('no');
    const results = log.list().filter(({ name }) => name === 'confirmation' || name === 'recipient');
    expect(results.map(({ result }) => result)).toEqual(['not-reached', 'failed']);
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
