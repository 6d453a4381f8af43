import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { HttpBrowser } from '../http-browser';

const caught = z.array(z.object({ to: z.array(z.string()), at: z.iso.datetime(), text: z.string() }));

export interface Addresses {
  readonly GATEHOUSE_URL: string;
  readonly MAIL_URL: string;
}

/** Sets a password as a person does who has forgotten it: by the link of a mail. */
export async function setPassword(at: Addresses, email: string, password: string): Promise<void> {
  const browser = new HttpBrowser();
  const since = new Date();
  const asked = await browser.get(`${at.GATEHOUSE_URL}/login/reset`);
  await browser.submit(asked.form('email'), { email });
  const page = await browser.get(await linkTo(at, email, since));
  const done = await browser.submit(page.form('password'), { password });
  if (done.status >= 400)
    throw new Error(`The password of ${email} was refused: ${done.text.slice(0, 2000)}`);
}

/** Waits for the mail, which the worker sends within seconds. */
async function linkTo({ MAIL_URL, GATEHOUSE_URL }: Addresses, email: string, since: Date): Promise<string> {
  for (let tries = 0; tries < 120; tries += 1) {
    const mails = caught.parse(await (await fetch(`${MAIL_URL}/mails.json`)).json());
    const mail = mails.find(({ to, at }) => to.includes(email) && new Date(at) >= since);
    const link = mail?.text.split(/\s+/).find((word) => word.startsWith(`${GATEHOUSE_URL}/login/reset/`));
    if (link !== undefined) return link;
    await sleep(250);
  }
  throw new Error(`No mail with a link came for ${email}: look at what the worker says.`);
}
