import { cpuMs, memoryMb, parseStat } from './process-usage';

describe('the usage of a process', () => {
  it('is read behind a program name with spaces and parentheses in it', () => {
    const fields = Array.from({ length: 50 }, (_, index) => String(index + 3));
    const line = `42 (odd ) name) ${['S', ...fields.slice(1)].join(' ')}\n`;
    expect(parseStat(line)).toEqual({ parent: 4, own: (14 + 15) * 10, endedChildren: (16 + 17) * 10 });
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux('agrees with what Node says of itself', () => {
    const { user, system } = process.cpuUsage();
    expect(Math.abs(cpuMs(process.pid) - (user + system) / 1000)).toBeLessThan(200);
    const resident = process.memoryUsage.rss() / 2 ** 20;
    expect(memoryMb(process.pid).now / resident).toBeCloseTo(1, 0);
  });
});
