import type { LetterValue } from '../letter';
import type { DomainMissingMessage } from '../mail-message';
import type { MailLanguage } from '../outgoing-mail';

const labels: Record<MailLanguage, { readonly name: string; readonly value: string }> = {
  en: { name: 'Name of the TXT record', value: 'Value of the TXT record' },
  de: { name: 'Name des TXT-Eintrags', value: 'Wert des TXT-Eintrags' },
  fr: { name: 'Nom de l’enregistrement TXT', value: 'Valeur de l’enregistrement TXT' },
};

/** The record that an administrator copies into the DNS. */
export function dnsRecord(
  { name, value }: DomainMissingMessage['record'],
  language: MailLanguage,
): LetterValue[] {
  return [
    { label: labels[language].name, value: name },
    { label: labels[language].value, value },
  ];
}
