import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  composeMail,
  mailLanguages,
  sampleMessages,
  type Letterhead,
  type MailKind,
  type MailLanguage,
} from '@gatehouse/core';
import { indexPage } from './index-page';
import type { Preview } from './preview';

export interface PreviewsWanted {
  readonly kinds?: readonly MailKind[] | undefined;
  readonly languages?: readonly MailLanguage[] | undefined;
}

const sampleId = `mail_${'0'.repeat(26)}` as const;
const to = 'jane@acme.example';

/** Writes each kind of mail in each of its forms and languages, and a page that leads to all of them. */
export async function writePreviews(
  folder: string,
  letterhead: Letterhead,
  { kinds, languages = mailLanguages }: PreviewsWanted = {},
): Promise<{ readonly index: string; readonly mails: readonly Preview[] }> {
  await mkdir(folder, { recursive: true });
  const mails: Preview[] = [];
  for (const sample of samples(kinds))
    for (const language of languages) mails.push(await write(folder, letterhead, sample, language));
  const index = join(folder, 'index.html');
  await writeFile(index, indexPage(mails));
  return { index, mails };
}

type Sample = ReturnType<typeof samples>[number];

function samples(kinds?: readonly MailKind[]) {
  const wanted = Object.values(sampleMessages).filter(
    ([first]) => first && (kinds?.includes(first.kind) ?? true),
  );
  return wanted.flatMap((forms) =>
    forms.map((message, index) => ({
      message,
      name: forms.length === 1 ? message.kind : `${message.kind}-${index + 1}`,
    })),
  );
}

async function write(
  folder: string,
  letterhead: Letterhead,
  sample: Sample,
  language: MailLanguage,
): Promise<Preview> {
  const { message } = sample;
  const mail = composeMail({ id: sampleId, to, language, message, createdAt: new Date(0) }, letterhead);
  const name = `${sample.name}.${language}`;
  await writeFile(join(folder, `${name}.html`), mail.html);
  await writeFile(join(folder, `${name}.txt`), `Subject: ${mail.subject}\n\n${mail.text}`);
  return { name, kind: message.kind, language, subject: mail.subject };
}
