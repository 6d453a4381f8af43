import { z } from 'zod';
import type { DemoFiles } from './demo-files';
import { ApiRefusal, type ManagementApi } from './management-api';
import { DEMO_PASSWORD, INVITED, PASSWORD_PEOPLE, UNLINKED } from './people';
import { listOf } from './seed-acme';
import { setPassword, type Addresses } from './set-password';

const GLOBEX = '/tenants/globex';
const ACME = '/tenants/acme';
const invitation = z.object({ id: z.string(), email: z.string(), standing: z.string() });
const member = z.object({ id: z.string(), email: z.string(), linked: z.boolean() });
const anything = z.unknown();

/** Who signs in by a password, a second organisation without single sign-on, and an invitation that waits for somebody. */
export async function seedPeople(api: ManagementApi, settings: Addresses, files: DemoFiles): Promise<void> {
  await api.create('/tenants', { slug: 'globex', name: 'Globex' });
  const cora = { email: 'cora@globex.example', name: 'Cora Castro' };
  await api.create(`${GLOBEX}/members`, { ...cora, role: 'owner' });
  // Her address is outside Acme's domain: a guest, who comes in there by her password.
  await api.create(`${ACME}/members`, { ...cora, role: 'member', sso: 'inherit' });
  await api.create(`${ACME}/members`, { email: UNLINKED, name: 'Chloe Carter', role: 'member' });
  await setPasswords(settings, files);
  await askToLink(api);
  await invite(api);
}

/** Once: whoever has changed one since keeps it. */
async function setPasswords(settings: Addresses, files: DemoFiles): Promise<void> {
  const done = files.passwordsSet();
  for (const email of PASSWORD_PEOPLE.filter((each) => !done.includes(each))) {
    await setPassword(settings, email, DEMO_PASSWORD);
    files.keepPasswordSet(email);
  }
}

/** Until she has linked her account, each start finds the letter that asks her to in the mail catcher. */
async function askToLink(api: ManagementApi): Promise<void> {
  const found = await api.get(`${ACME}/members?q=${encodeURIComponent(UNLINKED)}`, listOf(member));
  const chloe = found.find(({ email }) => email === UNLINKED);
  if (chloe && !chloe.linked) await sendAgain(api, `${ACME}/linking/requests/${chloe.id}`);
}

/** The mail catcher forgets with each start, so an invitation that is still open is sent again. */
async function invite(api: ManagementApi): Promise<void> {
  const path = `${GLOBEX}/invitations`;
  const known = (await api.get(path, listOf(invitation))).filter(({ email }) => email === INVITED);
  const open = known.find(({ standing }) => standing === 'open');
  if (known.length === 0) return void (await api.post(path, { email: INVITED, role: 'member' }, anything));
  if (open) await sendAgain(api, `${path}/${open.id}/resend`);
}

/** So many an hour: whoever starts the demo more often finds things as they are, without a new mail. */
async function sendAgain(api: ManagementApi, path: string): Promise<void> {
  try {
    await api.post(path, {}, anything);
  } catch (error) {
    if (!(error instanceof ApiRefusal && error.status === 429)) throw error;
  }
}
