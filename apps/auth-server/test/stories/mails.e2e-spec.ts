import { asArray, Gatehouse } from '../gatehouse';
import { PostOffice } from '../post-office';
import { asOwner, RefusingMailServer } from '../refusing-mail-server';

let gatehouse: Gatehouse;
beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme Inc.' });
}, 60_000);
afterAll(() => gatehouse?.stop());

function invite(email: string, more: object = {}) {
  return gatehouse.did('POST', 'tenants/acme/invitations', { email, role: 'member', ...more });
}

describe('mails, seen by the operator', () => {
  it('are counted while they wait, with what the mail server said of the last, and gone once they are sent [WRK-1]', async () => {
    expect(await gatehouse.did('GET', 'mails')).toEqual({ waiting: 0, failing: 0 });
    await invite('jane@elsewhere.example');
    await invite('joe@elsewhere.example');
    expect(await gatehouse.did('GET', 'mails')).toMatchObject({ waiting: 2, failing: 0 });
    await new RefusingMailServer(new Error('451 4.3.0 <jane@elsewhere.example> come back later')).offered(
      gatehouse,
    );
    const state = await gatehouse.did('GET', 'mails');
    expect(state).toMatchObject({
      waiting: 2,
      failing: 2,
      lastError: '451 4.3.0 <(person)> come back later',
    });
    expect(Date.parse(String(state['oldestAt']))).toBeLessThanOrEqual(Date.now());
    await asOwner(gatehouse, 'UPDATE tasks SET due_at = created_at');
    await new PostOffice(gatehouse).to('jane@elsewhere.example');
    expect(await gatehouse.did('GET', 'mails')).toEqual({ waiting: 0, failing: 0 });
  });

  it('are listed where they were given up, with neither person nor link [AUD-1]', async () => {
    await invite('jill@elsewhere.example');
    await asOwner(gatehouse, `UPDATE tasks SET created_at = created_at - interval '3 days'`);
    await new RefusingMailServer(new Error('550 no such jill@elsewhere.example')).offered(gatehouse);
    const { items } = await gatehouse.did('GET', 'mails/audit');
    expect(asArray(items)).toMatchObject([
      { type: 'mail.given_up', data: { kind: 'invitation', attempts: 1, reason: '550 no such (person)' } },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/jill|http/);
  });

  it.each(['en', 'de', 'fr'])(
    'are written in the language that was asked for: %s [TEN-5]',
    async (language) => {
      const email = `${language}@elsewhere.example`;
      await invite(email, { language });
      const [mail] = await new PostOffice(gatehouse).to(email);
      const subjects: Record<string, string> = {
        en: 'Invitation to “Acme Inc.”',
        de: 'Einladung zu „Acme Inc.“',
        fr: 'Invitation à rejoindre « Acme Inc. »',
      };
      expect(mail?.subject).toBe(subjects[language]);
    },
  );
});
