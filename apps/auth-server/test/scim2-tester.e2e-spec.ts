import { runScim2Tester, whyNoScim2Tester, type Scim2Check } from '@gatehouse/tools/scim2-tester';
import { DirectoryClient } from './directory-client';
import { Gatehouse } from './gatehouse';
import { Organisation } from './organisation';

const reason = whyNoScim2Tester();
if (reason !== undefined) process.stderr.write(`SKIPPED: ${reason}\n`);
const describeWithScim2Tester = reason === undefined ? describe : describe.skip;

/** What it takes for a fault that is none, or that we chose. */
const mistaken = [
  {
    // RFC 7643 4.1.1 leaves the meaning of `active` to us, and RFC 7644 3.5.2 what an attribute says that nobody set: taking the
    // word of the directory away changes nobody's access, and who is kept out is still shown as kept out.
    name: 'wants a person of whom active was removed to be shown without it',
    is: ({ title, data }: Scim2Check) =>
      title === 'check_remove_attribute' && (data ?? '').includes("'urn': 'active'"),
  },
  {
    // RFC 7643 2.2: what is readOnly is the server's to write. It sends members without the names that our schema says we add.
    name: 'misses a member whose name the server added to it',
    is: ({ resourceType, reason }: Scim2Check) => {
      const [, sent, returned] = /^Patched value: (.*)\nReturned value: (.*)$/m.exec(reason ?? '') ?? [];
      return resourceType === 'Group' && sent === returned?.replaceAll(/display='[^']*'/g, 'display=None');
    },
  },
];

describeWithScim2Tester(`scim2-tester 0.5.2${reason ? ` (${reason})` : ''}`, () => {
  let gatehouse: Gatehouse;
  let checks: Scim2Check[];

  beforeAll(async () => {
    gatehouse = await Gatehouse.start({ scimRequestsPerMinute: 1_000_000 });
    await new Organisation(gatehouse, 'acme').register();
    const { baseUrl, secret } = await DirectoryClient.setUp(gatehouse, 'acme');
    checks = await runScim2Tester(baseUrl, secret);
  }, 300_000);

  afterAll(() => gatehouse?.stop());

  it('finds nothing against the RFCs in a directory but what it gets wrong itself [SCM-1]', () => {
    const against = checks.filter(({ status }) => ['DEVIATION', 'ERROR', 'CRITICAL'].includes(status));
    expect(against.filter((check) => !mistaken.some(({ is }) => is(check)))).toEqual([]);
    for (const { name, is } of mistaken) expect([name, against.some(is)]).toEqual([name, true]);
  });

  it('got to ask all it knows, of people and of groups [SCM-1]', () => {
    const passed = checks.filter(({ status }) => ['SUCCESS', 'COMPLIANT', 'ACCEPTABLE'].includes(status));
    const about = (type: string | null) => passed.filter(({ resourceType }) => resourceType === type).length;
    expect(about(null)).toBeGreaterThan(5);
    expect(about('User')).toBeGreaterThan(50);
    expect(about('Group')).toBeGreaterThan(10);
  });
});
