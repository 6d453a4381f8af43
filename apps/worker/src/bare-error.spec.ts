import { pino } from 'pino';
import { bareError } from './bare-error';

describe('an error in the log', () => {
  it('is without the row that PostgreSQL names, and its cause as well', () => {
    const lines: string[] = [];
    const log = pino({ serializers: { err: bareError } }, { write: (line) => void lines.push(line) });
    const refused = Object.assign(new Error('null value in column "due_at"'), {
      ...{ code: '23502', detail: 'Failing row contains (jane@acme.example, token).', where: 'jane' },
    });
    log.error({ err: refused }, 'a domain could not be checked');
    log.error({ err: new Error('The job failed', { cause: refused }) }, 'The job failed');
    expect(lines.join('')).not.toContain('jane');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { code: '23502', message: refused.message } });
    expect(lines[1]).toContain('The job failed: null value in column');
  });
});
