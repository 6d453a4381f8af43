import { composeMail } from './compose-mail';
import type { MailMessage } from './mail-message';
import { mailLanguages, type MailLanguage, type OutgoingMail } from './outgoing-mail';

const now = new Date('2026-03-01T12:00:00Z');
const url = 'https://login.example/invitations?lang=de&n=1#abc';

function aMail(message: MailMessage, language: MailLanguage = 'en'): OutgoingMail {
  return { id: 'mail_1', to: 'jane@acme.example', language, message, createdAt: now };
}

const messages: MailMessage[] = [
  { kind: 'invitation', organisation: 'Acme', inviter: 'Ada Lovelace', url, expiresAt: now },
  { kind: 'invitation', organisation: 'Acme', url, expiresAt: now },
  { kind: 'password-reset', url, expiresAt: now },
  { kind: 'password-changed' },
  { kind: 'second-factor-changed', change: 'totp-added' },
  { kind: 'second-factor-changed', change: 'totp-removed' },
  { kind: 'second-factor-changed', change: 'passkey-added' },
  { kind: 'second-factor-changed', change: 'passkey-removed' },
  { kind: 'second-factor-changed', change: 'recovery-codes-replaced' },
  { kind: 'second-factor-changed', change: 'recovery-code-used' },
  { kind: 'second-factor-changed', change: 'all-removed' },
  {
    kind: 'break-glass-used',
    organisation: 'Acme',
    person: 'ada@acme.example',
    at: now,
    address: '192.0.2.7',
  },
  { kind: 'break-glass-used', organisation: 'Acme', person: 'ada@acme.example', at: now },
  {
    ...{ kind: 'break-glass-used', organisation: 'Acme', person: 'ada@acme.example', at: now },
    factorSetUpAt: now,
  },
];
const inEachLanguage = mailLanguages.flatMap((language) =>
  messages.map((message) => ({ language, message, kind: message.kind })),
);

function unescaped(html: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name) => named[name] ?? '');
}

describe('a mail', () => {
  it.each(inEachLanguage)('says the same in text and HTML: $kind in $language', ({ message, language }) => {
    const { text, html } = composeMail(aMail(message, language));
    const spoken = unescaped(html);
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('-- '));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(spoken).toContain(line.replace(/ ?:$/, ''));
    expect(html).toContain(`<html lang="${language}">`);
  });

  it.each(inEachLanguage)(
    'fetches nothing and tells nobody that it was opened: $kind in $language',
    ({ message, language }) => {
      const { html } = composeMail(aMail(message, language));
      expect(html).not.toMatch(
        /<(img|script|link|iframe|object|form|style|base|svg|video)\b|url\(|@import|src=/i,
      );
      const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.replaceAll('&amp;', '&'));
      expect(links.filter((href) => href !== url)).toEqual([]);
      expect(links).toHaveLength('url' in message ? 2 : 0);
    },
  );

  it('is written in each language, never in two at once', () => {
    for (const message of messages) {
      const [en, de, fr] = mailLanguages.map((language) => composeMail(aMail(message, language)));
      expect(new Set([en?.subject, de?.subject, fr?.subject]).size).toBe(3);
      expect(en?.text).toMatch(/^Hello,/);
      expect(de?.text).toMatch(/^Guten Tag,/);
      expect(fr?.text).toMatch(/^Bonjour,/);
    }
  });

  it('invites by name, with the link in full and the time it lasts [TEN-5]', () => {
    const { to, subject, text } = composeMail(aMail(messages[0] ?? { kind: 'password-changed' }));
    expect([to, subject]).toEqual(['jane@acme.example', 'Invitation to “Acme”']);
    expect(text).toContain('“Ada Lovelace” invites you to join “Acme”.');
    expect(text).toContain(`:\n${url}\n`);
    expect(text).toContain('until 1 March 2026 at 12:00 UTC.');
  });

  it('tells of emergency access who, when and from where [ENF-5]', () => {
    const { text } = composeMail(aMail(messages[11] ?? { kind: 'password-changed' }));
    expect(text).toContain('ada@acme.example signed in to “Acme”');
    expect(text).toContain('on 1 March 2026 at 12:00 UTC, from the network address 192.0.2.7.');
  });
});

const hostile =
  'Acme”</a><script>alert(1)</script><a href="https://evil.example/">here</a>\r\nBcc: eve@evil.example';

describe('a mail about an organisation with a hostile name', () => {
  const attacks: MailMessage[] = [
    { kind: 'invitation', organisation: hostile, inviter: hostile, url, expiresAt: now },
    { kind: 'break-glass-used', organisation: hostile, person: hostile, at: now, address: hostile },
  ];
  it.each(
    mailLanguages.flatMap((language) =>
      attacks.map((message) => ({ language, message, kind: message.kind })),
    ),
  )('gets no second header, markup or link: $kind in $language [TEN-5]', ({ message, language }) => {
    const { subject, text, html } = composeMail(aMail(message, language));
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]|evil\.example/u);
    expect(subject.length).toBeLessThan(100);
    expect(html).not.toMatch(/<script|href="https:\/\/evil/);
    if (message.kind === 'invitation') expect(text + html).not.toMatch(/evil\.example/);
  });

  it('links to web addresses only', () => {
    const bent = aMail({ kind: 'password-reset', url: 'javascript:alert(1)', expiresAt: now });
    expect(() => composeMail(bent)).toThrow('web addresses');
    expect(() => composeMail(aMail({ kind: 'password-reset', url: '/reset', expiresAt: now }))).toThrow();
  });
});
