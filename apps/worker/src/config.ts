import { readSmtpAddress } from '@gatehouse/core-network';
import { parseQueueUrl, type RedisAddress } from '@gatehouse/core-queue';
import {
  defaultProductName,
  mailLanguages,
  parseList,
  parseProductName,
  parsePublicUrl,
  parseRingKeys,
  type Letterhead,
  type RingKey,
} from '@gatehouse/core';
import { z } from 'zod';

/** Everything that can be set, typed; read once from the environment. */
export interface Config {
  readonly databaseUrl: string;
  /** Redis or Valkey keeps the queues; absent: PostgreSQL does. */
  readonly redis?: RedisAddress;
  /** Where browsers reach the servers: what is sent to applications is signed in its name. */
  readonly publicUrl: string;
  readonly secretKeys: readonly [RingKey, ...RingKey[]];
  /** `host:port` of applications inside the network, or of this machine in development. */
  readonly allowedPrivateHosts: readonly string[];
  /** Resolvers that are asked for the proofs of domains; the machine's own where none is named. */
  readonly dnsServers: readonly string[];
  /** Absent: mails wait in the queue, and are given up in the end. */
  readonly mail?: MailSettings;
  /** What stands in every mail. */
  readonly letterhead: Letterhead;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export interface MailSettings {
  readonly smtpUrl: string;
  /** The sender of every mail, as in `Gatehouse <no-reply@login.example>`. */
  readonly from: string;
  /** Where answers go; nobody reads those to the sender. */
  readonly replyTo?: string;
}

/** A text that a parser of the domain reads; what it throws is what is wrong with the setting. */
function read<T>(parser: (text: string) => T) {
  return z.string({ error: 'is missing' }).transform((text, context): T => {
    try {
      return parser(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is wrong' });
      return z.NEVER;
    }
  });
}

const oneSender = /^(?:[^<>@,;"\p{Cc}]* ?<[^\s<>@,;"]+@[^\s<>@,;"]+>|[^\s<>@,;"]+@[^\s<>@,;"]+)$/u;

function sender(example: string) {
  return z.string().regex(oneSender, { error: `must be a sender such as ${example}` });
}

const environment = z.object({
  DATABASE_URL: z
    .string({ error: 'is missing' })
    .startsWith('postgres', { error: 'must be a postgres:// address' }),
  QUEUE_URL: read(parseQueueUrl).optional(),
  PUBLIC_URL: read(parsePublicUrl),
  SECRET_KEYS: read(parseRingKeys),
  ALLOWED_PRIVATE_HOSTS: z.string().default('').transform(parseList),
  DNS_SERVERS: z.string().default('').transform(parseList),
  SMTP_URL: z
    .string()
    .refine((text) => readSmtpAddress(text) !== undefined, {
      error: 'must be smtp://user:password@host:port or smtps://…, without a query',
    })
    .optional(),
  MAIL_FROM: sender('Gatehouse <no-reply@login.example.com>').optional(),
  MAIL_REPLY_TO: sender('Support <support@example.com>').optional(),
  MAIL_LANGUAGE: z.enum(mailLanguages, { error: `must be ${mailLanguages.join(', ')}` }).default('en'),
  PRODUCT_NAME: read(parseProductName).prefault(defaultProductName),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('info'),
});

type Environment = z.infer<typeof environment>;
type OfLetters = Pick<Environment, 'PRODUCT_NAME' | 'MAIL_LANGUAGE' | 'MAIL_REPLY_TO'>;

const complete = environment.refine(
  ({ SMTP_URL, MAIL_FROM }) => SMTP_URL === undefined || MAIL_FROM !== undefined,
  {
    path: ['MAIL_FROM'],
    error: 'is missing: SMTP_URL needs a sender to send in the name of',
    when: () => true,
  },
);

/** Throws one Error that lists everything that is wrong with the environment (OPS-3). */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const parsed = complete.safeParse(variables);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new Error(`These settings need your attention:\n${lines.join('\n')}`);
  }
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    ...(data.QUEUE_URL !== undefined && { redis: data.QUEUE_URL }),
    publicUrl: data.PUBLIC_URL,
    secretKeys: data.SECRET_KEYS,
    allowedPrivateHosts: data.ALLOWED_PRIVATE_HOSTS,
    dnsServers: data.DNS_SERVERS,
    ...mailSettings(data),
    letterhead: letterhead(data),
    logLevel: data.LOG_LEVEL,
  };
}

function mailSettings({ SMTP_URL, MAIL_FROM, MAIL_REPLY_TO }: Environment): Pick<Config, 'mail'> {
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return {};
  const answers = MAIL_REPLY_TO === undefined ? {} : { replyTo: MAIL_REPLY_TO };
  return { mail: { smtpUrl: SMTP_URL, from: MAIL_FROM, ...answers } };
}

function letterhead({ PRODUCT_NAME, MAIL_LANGUAGE, MAIL_REPLY_TO }: OfLetters): Letterhead {
  return { product: PRODUCT_NAME, language: MAIL_LANGUAGE, answered: MAIL_REPLY_TO !== undefined };
}

export function readProcessConfig(): Config {
  return readConfig(process.env);
}

const ofLetters = environment.pick({ PRODUCT_NAME: true, MAIL_LANGUAGE: true, MAIL_REPLY_TO: true });

/** What previews of mails need to know of the deployment. */
export function readLetterhead(): Letterhead {
  const parsed = ofLetters.safeParse(process.env);
  if (parsed.success) return letterhead(parsed.data);
  throw new Error(z.prettifyError(parsed.error));
}
