import { reportSeldom } from './faults';

describe('faults of a connection', () => {
  it('are told once in ten seconds each, however many connections have them', () => {
    let now = 0;
    const told: string[] = [];
    const report = reportSeldom(
      ({ message }) => void told.push(message),
      () => now,
    );
    for (now = 0; now < 20_000; now += 100) report(new Error('Connection refused.'));
    report(new Error('Connection reset.'));
    expect(told).toEqual(['Connection refused.', 'Connection refused.', 'Connection reset.']);
  });

  it('have a text also where several addresses of one host refused', () => {
    const told: string[] = [];
    const causes = [new Error('connect ECONNREFUSED ::1:1'), new Error('connect ECONNREFUSED 127.0.0.1:1')];
    reportSeldom(({ message }) => void told.push(message))(new AggregateError(causes));
    expect(told).toEqual(['connect ECONNREFUSED ::1:1, connect ECONNREFUSED 127.0.0.1:1']);
  });
});
