import { displayDetail } from '../../shared/display-name';
import type { LetterValue } from '../letter';
import type { NamedCertificate } from '../mail-message';
import type { MailLanguage } from '../outgoing-mail';

interface Labels {
  readonly subject: string;
  readonly fingerprint: string;
  readonly notAfter: string;
}

const labels: Record<MailLanguage, Labels> = {
  en: { subject: 'Certificate', fingerprint: 'SHA-256 fingerprint', notAfter: 'Valid until' },
  de: { subject: 'Zertifikat', fingerprint: 'SHA-256-Fingerabdruck', notAfter: 'Gültig bis' },
  fr: { subject: 'Certificat', fingerprint: 'Empreinte SHA-256', notAfter: 'Valable jusqu’au' },
};

/** What a certificate is compared by with the one that the identity provider shows. */
export function certificateValues(
  { subject, fingerprint, notAfter }: NamedCertificate,
  language: MailLanguage,
  time: (moment: Date) => string,
): LetterValue[] {
  return [
    { label: labels[language].subject, value: displayDetail(subject) },
    { label: labels[language].fingerprint, value: fingerprint },
    { label: labels[language].notAfter, value: time(notAfter) },
  ];
}
