import { Gatehouse } from './gatehouse';
import { PostOffice } from './post-office';

const publicUrl = 'https://login.example.com';
const email = 'ana@acme.example';
const password = 'a goose sings at the gate';

let gatehouse: Gatehouse;
const jar = new Map<string, string>();
const lines: string[] = [];

beforeAll(async () => {
  gatehouse = await Gatehouse.start({ publicUrl });
  await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
  await gatehouse.did('POST', 'tenants/acme/members', { email, role: 'owner' });
}, 60_000);

afterAll(() => gatehouse?.stop());

/** One step of a browser, as a proxy that ends TLS hands it on; answers with the address to go on to, if there is one. */
async function step(address: string, form?: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { pathname, search } = new URL(address, publicUrl);
  const answer = await fetch(`${gatehouse.url}${pathname}${search}`, {
    redirect: 'manual',
    headers: {
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      ...{ accept: 'text/html', 'sec-fetch-site': 'same-origin' },
    },
    ...(form && { method: 'POST', body: new URLSearchParams({ ...form }) }),
  });
  for (const line of answer.headers.getSetCookie()) keep(line);
  return answer.headers.get('location') ?? undefined;
}

async function go(address: string, form?: Readonly<Record<string, string>>): Promise<void> {
  for (let next = await step(address, form), hop = 0; next !== undefined && hop < 10; hop += 1)
    next = await step(next);
}

function keep(line: string): void {
  lines.push(line);
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === '') jar.delete(name);
  else jar.set(name, value);
}

describe('every cookie under https by which somebody is known', () => {
  it('is bound to this very host and kept from scripts and other sites [SES-6]', async () => {
    await go('/login/reset', { email });
    const link = await new PostOffice(gatehouse).linkTo(email);
    expect(link.startsWith(`${publicUrl}/login/reset/`)).toBe(true);
    await go('/login/reset/password', { token: link.split('/').at(-1) ?? '', password });
    await go('/account/sign-in?tenant=acme');
    await go('/t/acme/login?lang=de');
    await go('/t/acme/login', { email, password });
    const names = [...jar.keys()].toSorted();
    expect(names).toEqual(
      expect.arrayContaining([
        ...['__Host-gatehouse_browser', '__Host-gatehouse_device', '__Host-gatehouse_issuer_session'],
      ]),
    );
    // The language of the pages is nobody's secret: whoever sets it, each of them is one of ours.
    for (const line of lines.filter((each) => !each.startsWith('gatehouse_language='))) {
      const [pair = '', ...attributes] = line.split(/;\s*/).map((part) => part.toLowerCase());
      expect([line, pair.startsWith('__host-')]).toEqual([line, true]);
      expect([line, attributes]).toEqual([
        line,
        expect.arrayContaining(['path=/', 'secure', 'httponly', 'samesite=lax']),
      ]);
      expect([line, attributes.some((each) => each.startsWith('domain'))]).toEqual([line, false]);
    }
  });
});
