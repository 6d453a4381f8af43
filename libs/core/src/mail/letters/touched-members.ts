import type { DomainLapsedMessage } from '../mail-message';
import type { MailLanguage } from '../outgoing-mail';

const lines: Record<MailLanguage, (members: number, unlinked: number) => string> = {
  en: (members, unlinked) => `Members with an address there: ${members}, not linked: ${unlinked}.`,
  de: (members, unlinked) => `Mitglieder mit einer Adresse dort: ${members}, nicht verknüpft: ${unlinked}.`,
  fr: (members, unlinked) =>
    `Membres ayant une adresse dans ce domaine : ${members}, non associés : ${unlinked}.`,
};

/** Whom the lapse of a domain touches, as a sentence; none where it touches nobody (DOM-9). */
export function touchedMembers(
  { members, unlinked }: Pick<DomainLapsedMessage, 'members' | 'unlinked'>,
  language: MailLanguage,
): readonly string[] {
  return members === 0 ? [] : [lines[language](members, unlinked)];
}
