import PostalMime from 'postal-mime';

/** One mail as it arrived; recipients are those of the envelope, so blind copies show too. */
export interface CaughtMail {
  readonly id: number;
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Envelope {
  readonly id: number;
  readonly at: Date;
  readonly from: string;
  readonly to: readonly string[];
}

/** Reads the raw message of RFC 5322 that came with an envelope. */
export async function caughtMail(envelope: Envelope, raw: Buffer): Promise<CaughtMail> {
  const mail = await PostalMime.parse(raw);
  return {
    ...envelope,
    at: envelope.at.toISOString(),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? null,
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
  };
}
