/** Where mails are handed over, and how. */
export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise the connection starts in the clear and is upgraded. */
  readonly secure: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

const submission = 587;
const submissions = 465;

/**
 * Reads `smtp://user:password@host:port` or `smtps://…`; undefined where it is neither. Settings in a query are none:
 * what they could change is whether TLS is asked for.
 */
export function readSmtpAddress(text: string): SmtpAddress | undefined {
  const url = URL.parse(text);
  const secure = url?.protocol === 'smtps:';
  if (url === null || !(secure || url.protocol === 'smtp:')) return undefined;
  if (url.hostname === '' || url.search !== '' || url.hash !== '' || !/^\/?$/.test(url.pathname))
    return undefined;
  const [user, pass] = [decoded(url.username), decoded(url.password)];
  if (user === undefined || pass === undefined || (user === '') !== (pass === '')) return undefined;
  return {
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? submissions : submission) : Number(url.port),
    secure,
    ...(user !== '' && { auth: { user, pass } }),
  };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
