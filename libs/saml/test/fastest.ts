/**
 * Processor time in milliseconds, of several runs the fastest: for guards against work that grows with the square. What else the
 * machine does is not what is measured, and how fast the work is on some machine is no question for a test.
 */
export function fastest(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}
