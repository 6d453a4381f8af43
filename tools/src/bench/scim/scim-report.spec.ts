import type { ScimRound } from './measure-operation';
import { operations, type Operation } from './operations';
import { scimReport, verdicts, type Measurement } from './scim-report';

const [anyOperation] = operations;

function named(name: string): Operation {
  const found = operations.find((operation) => operation.name.startsWith(name));
  if (found) return found;
  throw new Error(`No operation is called ${name}`);
}

/** So many requests in a second, at this price. */
function round(requests: number, { server = 1, postgres = 1 } = {}): ScimRound {
  const cpu = { server: server * requests, postgres: postgres * requests, load: 1, others: 0 };
  return { requests, seconds: 1, latencies: Array<number>(requests).fill(1000 / requests), cpu };
}

function measured(contender: string, rounds: readonly ScimRound[], size = 1000, operation = anyOperation) {
  if (!operation) throw new Error('There are no operations');
  return { operation, contender, size, rounds } satisfies Measurement;
}

describe('what the SCIM bench says of a run', () => {
  it('compares the medians of the rounds with the aim, so that one bad round decides nothing', () => {
    const mine = measured('Gatehouse', [round(300), round(10), round(320)]);
    expect(verdicts([mine, measured('saml-jackson', [round(150)])])).toMatch(
      /^reached .*2\.00 times .*at least 1\.5/m,
    );
    expect(verdicts([mine, measured('saml-jackson', [round(290)])])).toMatch(/^NOT REACHED .*1\.03 times/m);
  });

  it('asks for a deep page only where it is deep', () => {
    const deep = named('last page');
    const at = (size: number) =>
      verdicts([
        measured('Gatehouse', [round(100)], size, deep),
        measured('saml-jackson', [round(50)], size, deep),
      ]);
    expect(at(1000)).not.toContain('times');
    expect(at(100_000)).toMatch(/NOT REACHED .*at least 50/);
  });

  it('says when a large directory is more than twice as dear as a small one, both processes together', () => {
    const grown = (server: number) =>
      verdicts([
        measured('Gatehouse', [round(100)], 1000),
        measured('Gatehouse', [round(100, { server })], 100_000),
      ]);
    expect(grown(2.9)).toMatch(/^reached .*1\.95 times as dear/m);
    expect(grown(3.5)).toMatch(/^NOT REACHED .*2\.25 times as dear/m);
  });

  it('counts what one member of a large group costs the server', () => {
    const group = named('one member');
    const at = (server: number) => verdicts([measured('Gatehouse', [round(10, { server })], 10_000, group)]);
    expect(at(19)).toMatch(/^reached .*19\.0 ms/m);
    expect(at(20)).toMatch(/^NOT REACHED/m);
  });

  it('names neither this machine nor its folders, and leaves a dash where nobody is compared', () => {
    const settings = { SERVER_CORE: '0', LOAD_CORES: '1', BENCH_CLIENTS: 16, BENCH_ROUNDS: 1 };
    const wanted = { ...settings, BENCH_ROUND_SECONDS: 1 };
    const said = scimReport(wanted, [measured('Gatehouse', [round(100)])]);
    expect(said).toContain('| 100 | – | – |');
    expect(said).not.toContain(__dirname.split('/')[1] ?? '');
  });
});

describe('what the SCIM bench asks', () => {
  it('lets no two clients change one person', () => {
    const idOf = (person: number) => `id-${person}`;
    const directory = { size: 1000, domain: 'a.example', baseUrl: '', token: '', groupId: 'g', idOf };
    for (const operation of operations.filter(({ name }) => name.startsWith('PATCH'))) {
      const paths = (client: number) =>
        Array.from(
          { length: 200 },
          (_, turn) => operation.request(directory, { turn, client, clients: 16 }).path,
        );
      const [mine, others] = [new Set(paths(3)), paths(4)];
      expect(mine.size).toBeGreaterThan(20);
      expect(others.filter((path) => mine.has(path))).toEqual([]);
    }
  });
});
