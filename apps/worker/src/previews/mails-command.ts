import { parseArgs } from 'node:util';
import { mailLanguages, sampleMessages, type Letterhead, type MailKind } from '@gatehouse/core';
import { writePreviews } from './write-previews';

const usage = `Use it as: npm run mails -- preview [kind] [--language ${mailLanguages.join('|')}] [--out folder]`;

const options = { language: { type: 'string' }, out: { type: 'string' } } as const;

/** `mails preview`: what every mail says and looks like, without sending one. Throws an Error that says how it is used. */
export async function runMailsCommand(words: readonly string[], letterhead: Letterhead): Promise<string> {
  const { command, kind, language, out = 'mail-previews' } = readWords(words);
  if (command !== 'preview') throw new Error(usage);
  const kinds = kind === undefined ? undefined : [knownKind(kind)];
  const languages =
    language === undefined ? undefined : [known(language, mailLanguages, 'mails are written in')];
  const { index, mails } = await writePreviews(out, letterhead, { kinds, languages });
  return `${mails.length} mails, each as .html and .txt. Open ${index}.`;
}

function readWords(words: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({ args: [...words], options, allowPositionals: true });
    const [command, kind, ...more] = positionals;
    if (more.length === 0) return { command, kind, ...values };
  } catch {
    // What it said of an option that does not exist is said by the usage as well.
  }
  throw new Error(usage);
}

function knownKind(text: string): MailKind {
  const kinds = Object.values(sampleMessages).flatMap(([sample]) => (sample ? [sample.kind] : []));
  return known(text, kinds, 'the kinds of mails are');
}

function known<T extends string>(text: string, all: readonly T[], what: string): T {
  const found = all.find((each) => each === text);
  if (found === undefined) throw new Error(`"${text}" is not known; ${what} ${all.join(', ')}.\n${usage}`);
  return found;
}
