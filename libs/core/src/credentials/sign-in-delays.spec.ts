import { DeploymentAuditLog, type DeploymentHappening } from '../audit/deployment-happening';
import { SystemChance } from '../shared/chance';
import { Clock } from '../shared/clock';
import { KeyRing } from '../shared/key-ring';
import { LocalRateLimits } from '../shared/local-rate-limits';
import { KnownDevices } from './known-devices';
import { LocalTries } from './local-tries';
import { SignInDelays } from './sign-in-delays';

class HeldClock extends Clock {
  at = new Date('2026-11-21T12:00:00Z');

  now(): Date {
    return this.at;
  }

  pass(seconds: number): void {
    this.at = new Date(this.at.getTime() + seconds * 1000);
  }
}

class FakeAuditLog extends DeploymentAuditLog {
  readonly recorded: DeploymentHappening[] = [];

  async record(happening: DeploymentHappening): Promise<void> {
    this.recorded.push(happening);
  }

  async list(): Promise<never[]> {
    return [];
  }
}

const chance = new SystemChance();

function aDesk() {
  const clock = new HeldClock();
  const audit = new FakeAuditLog();
  const devices = new KnownDevices(
    new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance),
    clock,
    chance,
  );
  const delays = new SignInDelays(new LocalTries(), new LocalRateLimits(), devices, audit, clock);
  let accounts = 0;
  const tryFrom = async (address: string, device?: string, email = `somebody-${++accounts}@acme.example`) =>
    (await delays.admitPassword({ email, device, actor: { kind: 'person', address } })).kind;
  return { clock, audit, devices, delays, tryFrom };
}

function addressNumber(index: number): string {
  return `2001:db8:${(index >> 16).toString(16)}:${(index & 0xffff).toString(16)}::1`;
}

describe('tries from all over the world', () => {
  it('leave every address a few, and nobody who was here before any less [SEC-1]', async () => {
    const { tryFrom, devices, clock } = aDesk();
    for (let index = 0; index < 3000; index++) await tryFrom(addressNumber(index));
    const fresh = [];
    for (let turn = 0; turn < 8; turn++) fresh.push(await tryFrom('203.0.113.1'));
    expect(fresh.filter((kind) => kind === 'go')).toHaveLength(6);
    const device = devices.remember(undefined, 'ada@acme.example');
    await expect(tryFrom('203.0.113.1', device, 'ada@acme.example')).resolves.toBe('go');
    clock.pass(5 * 60);
    const later = [];
    for (let turn = 0; turn < 8; turn++) later.push(await tryFrom('203.0.113.2'));
    expect(later.filter((kind) => kind === 'go')).toHaveLength(8);
  });
});

describe('a flood from one address', () => {
  it('of ten thousand tries in a minute is slowed down, and reported once an hour [SEC-1]', async () => {
    const { tryFrom, clock, audit } = aDesk();
    let passed = 0;
    for (let turn = 0; turn < 10_000; turn++) {
      if ((await tryFrom('198.51.100.7')) === 'go') passed += 1;
      clock.pass(60 / 10_000);
    }
    expect(passed).toBeLessThan(80);
    expect(audit.recorded).toMatchObject([
      { type: 'sign_in.flood', subject: '198.51.100.7', data: { refused: 100 } },
    ]);
    await expect(tryFrom('198.51.100.8')).resolves.toBe('go');
    clock.pass(60 * 60);
    for (let turn = 0; turn < 200; turn++) await tryFrom('198.51.100.7');
    expect(audit.recorded).toHaveLength(2);
  });

  it('is none where a person tries again now and then [SEC-1]', async () => {
    const { tryFrom, clock, audit } = aDesk();
    for (let turn = 0; turn < 300; turn++) {
      await expect(tryFrom('198.51.100.7')).resolves.toBe('go');
      clock.pass(5);
    }
    expect(audit.recorded).toEqual([]);
  });
});

describe('an office that comes in for the first time', () => {
  it('is not slowed down by passwords and passkeys that are right, however many [SEC-1]', async () => {
    const { delays } = aDesk();
    const actor = { kind: 'person', address: '198.51.100.7' } as const;
    for (let index = 0; index < 500; index++) {
      const email = `somebody-${index}@acme.example`;
      for (const admission of [
        await delays.admitPassword({ email, actor }),
        await delays.admitPasskey(actor),
      ]) {
        expect(admission.kind).toBe('go');
        if (admission.kind === 'go') await delays.clear(admission);
      }
    }
  });
});

describe('guessing a code', () => {
  it('leaves less than one chance in a thousand a day to who knows the password [LOG-5]', async () => {
    const { delays, clock } = aDesk();
    const who = { email: 'ada@acme.example', actor: { kind: 'person' } } as const;
    const end = clock.at.getTime() + 24 * 60 * 60 * 1000;
    let tries = 0;
    while (clock.at.getTime() < end) {
      const admission = await delays.admitCode('user_1', 'totp', who);
      if (admission.kind === 'go') tries += 1;
      else clock.pass(admission.seconds);
    }
    // Three steps are valid at any time.
    expect((tries * 3) / 1_000_000).toBeLessThan(0.001);
  });
});
