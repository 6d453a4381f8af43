import type { IdpCertificate } from '../connections/connection';

/** When owners are told of the end of a certificate: days before it, and when it has come (CRT-2). */
export const noticeThresholds = [30, 14, 7, 'expired'] as const;
export type NoticeThreshold = (typeof noticeThresholds)[number];

type Lasting = Pick<IdpCertificate, 'notAfter'>;

const dayMs = 24 * 60 * 60 * 1000;
const daysBefore = [7, 14, 30] as const;

/**
 * The most urgent notice that fits by now; less urgent ones that nobody sent in time are left out for good.
 * RFC 5280 4.1.2.5: `notAfter` is the last moment of a certificate.
 */
export function dueNotice({ notAfter }: Lasting, now: Date): NoticeThreshold | undefined {
  const leftMs = notAfter.getTime() - now.getTime();
  return leftMs < 0 ? 'expired' : daysBefore.find((days) => leftMs <= days * dayMs);
}

/** When a connection is looked at again: as the next notice of one of its certificates falls due, and once a day. */
export function nextCheckAt(certificates: readonly Lasting[], now: Date): Date {
  const moments = certificates.flatMap(({ notAfter }) => [
    ...daysBefore.map((days) => notAfter.getTime() - days * dayMs),
    notAfter.getTime() + 1,
  ]);
  const ahead = moments.filter((moment) => moment > now.getTime());
  return new Date(Math.min(now.getTime() + dayMs, ...ahead));
}

/** Counts down, so that the more urgent of two notices has the lower rank. */
export function urgencyOf(threshold: NoticeThreshold): number {
  return threshold === 'expired' ? 0 : threshold;
}
