import { Protocols } from '../connections/protocols';
import { Clock } from '../shared/clock';
import { LocalRateLimits } from '../shared/local-rate-limits';
import { RateLimits } from '../shared/rate-limits';
import { aConnection, FakeConnectionStore, FakeDomainStore } from '../testing';
import { Discovery } from './discovery';
import { discoveryLimit, LimitedDiscovery } from './limited-discovery';

const connection = aConnection({ tenantId: 'ten_acme' });
const discovery = new Discovery(
  new FakeDomainStore({ 'acme.example': 'ten_acme' }),
  new FakeConnectionStore([connection]),
  new Protocols(),
);
const found = { kind: 'sso', connection };
const password = { kind: 'password', degraded: true };

class StoppedClock extends Clock {
  now(): Date {
    return new Date('2026-11-21T12:00:00Z');
  }
}

/** Counters that cannot be reached, or only by who waits for ever. */
class AbsentLimits extends RateLimits {
  constructor(private readonly answer: () => Promise<never>) {
    super();
  }

  take(): Promise<never> {
    return this.answer();
  }

  giveBack(): Promise<never> {
    return this.answer();
  }
}

describe('discovery for the public', () => {
  it('asks for a password whoever asks too often, and nobody else [LOG-2] [SEC-1]', async () => {
    const limited = new LimitedDiscovery(discovery, new LocalRateLimits(), new StoppedClock());
    const ask = (address: string) => limited.byEmail('ana@acme.example', address);
    for (let asked = 0; asked < discoveryLimit.most; asked++) expect(await ask('192.0.2.7')).toEqual(found);
    expect(await ask('192.0.2.7')).toEqual(password);
    expect(await ask('192.0.2.8')).toEqual(found);
  });

  it('takes whoever has a network of IPv6 addresses for one [SEC-1]', async () => {
    const limited = new LimitedDiscovery(discovery, new LocalRateLimits(), new StoppedClock());
    for (let asked = 0; asked < discoveryLimit.most; asked++)
      await limited.byEmail('ana@acme.example', `2001:db8:1:2::${asked.toString(16)}`);
    expect(await limited.byEmail('ana@acme.example', '2001:db8:1:2:ffff::1')).toEqual(password);
    expect(await limited.byEmail('ana@acme.example', '2001:db8:1:3::1')).toEqual(found);
  });

  it('answers as ever while the counters cannot be reached [LOG-2]', async () => {
    const failing = new AbsentLimits(() => Promise.reject(new Error('the database is away')));
    const limited = new LimitedDiscovery(discovery, failing, new StoppedClock());
    expect(await limited.byEmail('ana@acme.example', '192.0.2.7')).toEqual(found);
  });
});
