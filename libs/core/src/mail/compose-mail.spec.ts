import { composeMail } from './compose-mail';
import type { Letterhead } from './letter';
import type { MailMessage } from './mail-message';
import { mailLanguages, type MailLanguage, type OutgoingMail } from './outgoing-mail';
import { sampleMessages } from './sample-messages';

const now = new Date('2026-03-01T12:00:00Z');
const url = 'https://login.example/invitations?lang=de&n=1#abc';

function aMail(message: MailMessage, language: MailLanguage = 'en'): OutgoingMail {
  return { id: 'mail_1', to: 'jane@acme.example', language, message, createdAt: now };
}

const messages: MailMessage[] = Object.values(sampleMessages).flat();
const letterhead: Letterhead = { product: 'Tideline', language: 'en', answered: false };
const composed = (mail: OutgoingMail) => composeMail(mail, letterhead);
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
    const { text, html } = composed(aMail(message, language));
    const spoken = unescaped(html);
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('-- '));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(spoken).toContain(line.replace(/ ?:$/, ''));
    expect(html).toContain(`<html lang="${language}">`);
  });

  it.each(inEachLanguage)(
    'fetches nothing and tells nobody that it was opened: $kind in $language',
    ({ message, language }) => {
      const { html } = composed(aMail(message, language));
      expect(html).not.toMatch(
        /<(img|script|link|iframe|object|form|style|base|svg|video)\b|url\(|@import|src=/i,
      );
      const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.replaceAll('&amp;', '&'));
      expect(links).toEqual('url' in message ? [message.url, message.url] : []);
    },
  );

  it('is written in each language, never in two at once', () => {
    for (const message of messages) {
      const [en, de, fr] = mailLanguages.map((language) => composed(aMail(message, language)));
      expect(new Set([en?.subject, de?.subject, fr?.subject]).size).toBe(3);
      expect(en?.text).toMatch(/^Hello,/);
      expect(de?.text).toMatch(/^Guten Tag,/);
      expect(fr?.text).toMatch(/^Bonjour,/);
    }
  });

  it('names the product of the deployment, and where answers go', () => {
    const reset = aMail({ kind: 'password-reset', url, expiresAt: now });
    const { subject, text, html } = composed(reset);
    expect(subject).toBe('Choose a new password for Tideline');
    expect(text).toMatch(/sent automatically by Tideline; answers are not read\.\n$/);
    expect(text + html).not.toContain('Gatehouse');
    const answered = composeMail(reset, { ...letterhead, answered: true });
    expect(answered.text).toMatch(/sent automatically by Tideline\.\n$/);
  });

  it('is written in the language of the deployment where nobody knows that of the reader', () => {
    const { language, ...mail } = aMail({ kind: 'password-changed' }, 'fr');
    expect(language).toBe('fr');
    expect(composeMail(mail, { ...letterhead, language: 'de' }).text).toMatch(/^Guten Tag,/);
  });

  it('invites by name, with the link in full and the time it lasts [TEN-5]', () => {
    const invitation = { kind: 'invitation', organisation: 'Acme', inviter: 'Ada Lovelace' } as const;
    const { to, subject, text } = composed(aMail({ ...invitation, url, expiresAt: now }));
    expect([to, subject]).toEqual(['jane@acme.example', 'Invitation to “Acme”']);
    expect(text).toContain('“Ada Lovelace” invites you to join “Acme”.');
    expect(text).toContain(`:\n${url}\n`);
    expect(text).toContain('until 1 March 2026 at 12:00 UTC.');
  });

  it('writes the first of a month as each language does', () => {
    const used = { kind: 'account-linked', organisation: 'Acme', connection: 'Okta', at: now } as const;
    expect(composed(aMail(used, 'fr')).text).toContain('Le 1er mars 2026 à 12:00 UTC,');
    expect(composed(aMail(used, 'de')).text).toContain('Am 1. März 2026 um 12:00 UTC');
  });

  it.each(mailLanguages)(
    'asks people to connect an account in the words of the pages: %s [LNK-2] [LNK-5]',
    (language) => {
      const there = { organisation: 'Acme', connection: 'Okta' };
      const messages: MailMessage[] = [
        { kind: 'link-request', requestId: 'lreq_1', ...there, url, expiresAt: now },
        { kind: 'link-code', ...there, code: '48291355', expiresAt: now },
        { kind: 'account-linked', ...there, at: now },
      ];
      for (const message of messages) {
        const { subject, text } = composed(aMail(message, language));
        expect(subject + text).not.toMatch(/identit|linked/i);
      }
    },
  );

  it('says what a first connection ended [LNK-3]', () => {
    const linked = { kind: 'account-linked', organisation: 'Acme', connection: 'Okta', at: now } as const;
    expect(composed(aMail(linked)).text).toMatch(/signed out of “Acme”.*API tokens there no longer work/);
  });

  it('tells of emergency access who, when and from where [ENF-5]', () => {
    const used = { kind: 'break-glass-used', organisation: 'Acme', person: 'ada@acme.example' } as const;
    const { text } = composed(aMail({ ...used, at: now, address: '192.0.2.7' }));
    expect(text).toContain('ada@acme.example signed in to “Acme”');
    expect(text).toContain('on 1 March 2026 at 12:00 UTC, from the network address 192.0.2.7.');
  });
});

const record = {
  name: '_gatehouse-challenge.acme.example',
  value: `gatehouse-verify=${'k'.repeat(80)}`,
};
const certificate = {
  ...{ organisation: 'Acme', connection: 'Okta', subject: 'CN=idp.acme.example', notAfter: now },
  fingerprint: '0F'.repeat(32),
};
const touched = { members: 42, unlinked: 4 };
const toCopy: [MailMessage, string[]][] = [
  [
    { kind: 'link-code', organisation: 'Acme', connection: 'Okta', code: '482913', expiresAt: now },
    ['482913'],
  ],
  [
    {
      ...{ kind: 'domain-missing', organisation: 'Acme', domain: 'acme.example', since: now, lapsesAt: now },
      ...touched,
      record,
    },
    [record.name, record.value],
  ],
  [
    { kind: 'domain-lapsed', organisation: 'Acme', domain: 'acme.example', ...touched, record },
    [record.name, record.value],
  ],
  [{ kind: 'certificate-expiring', ...certificate, days: 7 }, [certificate.fingerprint]],
  [{ kind: 'certificate-expired', ...certificate, refuses: true }, [certificate.fingerprint]],
  [{ kind: 'certificate-seen', ...certificate }, [certificate.fingerprint]],
];

describe('what is to be copied out of a mail', () => {
  it.each(
    mailLanguages.flatMap((language) =>
      toCopy.map(([message, values]) => ({ language, message, values, kind: message.kind })),
    ),
  )(
    'stands whole on a line of its own, and is no link: $kind in $language [DOM-8] [CRT-2]',
    ({ message, language, values }) => {
      const { text, html } = composed(aMail(message, language));
      for (const value of values) {
        expect(text.split('\n')).toContain(value);
        expect(html).toMatch(new RegExp(`<code [^>]*>${value}</code>`));
      }
      expect(html).not.toContain('<a ');
      expect(html).toContain('<meta name="format-detection" content="telephone=no');
    },
  );

  it('keeps a code out of the subject, which locked screens show [LNK-5]', () => {
    for (const language of mailLanguages)
      for (const [message] of toCopy)
        expect(composed(aMail(message, language)).subject).not.toContain('482913');
  });
});

describe('a notice', () => {
  it('says what a missing proof comes to, and until when something can be done [DOM-8]', () => {
    const since = new Date('2026-03-01T12:00:00Z');
    const lapsesAt = new Date('2026-03-15T12:00:00Z');
    const named = { organisation: 'Acme', domain: 'acme.example', ...touched, record };
    const { text } = composed(aMail({ kind: 'domain-missing', ...named, since, lapsesAt }));
    expect(text).toContain('since 1 March 2026 at 12:00 UTC it has not been found');
    expect(text).toContain('still missing on 15 March 2026 at 12:00 UTC');
  });

  it('of a domain says how many people it touches, and nothing where it touches nobody [DOM-9]', () => {
    const lapsed = { kind: 'domain-lapsed', organisation: 'Acme', domain: 'acme.example', record } as const;
    for (const language of mailLanguages) {
      const { text } = composed(aMail({ ...lapsed, ...touched }, language));
      expect(text).toMatch(/ ?: 42, .* ?: 4\./);
      const empty = { ...lapsed, members: 0, unlinked: 0 };
      expect(composed(aMail(empty, language)).text).not.toMatch(/: 0/);
    }
  });

  it.each([
    [true, 'is turned away from now on'],
    [false, 'sign-ins by this certificate still go on'],
  ])('says what an expired certificate does where it refuses: %s [CRT-7]', (refuses, said) => {
    const { text } = composed(aMail({ kind: 'certificate-expired', ...certificate, refuses }));
    expect(text).toContain(said);
  });
});

const hostile =
  'Acme”</a><script>alert(1)</script><a href="https://evil.example/">here</a>\r\nBcc: eve@evil.example';
const ofHostile = { organisation: hostile, connection: hostile };
const attacks: MailMessage[] = [
  { kind: 'invitation', organisation: hostile, inviter: hostile, url, expiresAt: now },
  { kind: 'break-glass-used', organisation: hostile, person: hostile, at: now, address: hostile },
  { kind: 'link-request', requestId: 'lreq_1', ...ofHostile, url, expiresAt: now },
  { kind: 'link-code', ...ofHostile, identity: hostile, code: '482913', expiresAt: now },
  { kind: 'account-linked', ...ofHostile, identity: 'https://evil.example/', at: now },
  { kind: 'domain-recovered', organisation: hostile, domain: 'evil.example' },
  { kind: 'certificate-seen', ...certificate, ...ofHostile, subject: hostile },
  { kind: 'certificate-expiring', ...certificate, ...ofHostile, subject: hostile, days: 30 },
  { kind: 'certificate-expired', ...certificate, ...ofHostile, subject: hostile, refuses: false },
  { kind: 'metadata-refused', ...ofHostile, reason: hostile, at: now },
  { kind: 'address-collision', ...ofHostile, person: hostile, address: 'eve@evil.example/login' },
  { kind: 'removals-held', organisation: hostile, directory: hostile, lastOwner: hostile },
  {
    ...{ kind: 'directory-token-expiring', organisation: hostile, directory: hostile, token: hostile },
    ...{ days: 7, expiresAt: now },
  },
];

describe('a mail about an organisation with a hostile name', () => {
  it.each(
    mailLanguages.flatMap((language) =>
      attacks.map((message) => ({ language, message, kind: message.kind })),
    ),
  )('gets no second header, markup or link: $kind in $language [TEN-5]', ({ message, language }) => {
    const { subject, text, html } = composed(aMail(message, language));
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]|evil\.example/u);
    expect(subject.length).toBeLessThan(100);
    expect(html).not.toMatch(/<script|href="https:\/\/evil/);
    // The one thing that keeps its address is whose emergency access was used: it comes from our own account.
    if (message.kind !== 'break-glass-used') expect(text + html).not.toMatch(/evil\.example|https:\/\/evil/);
  });

  it('links to web addresses only', () => {
    const bent = aMail({ kind: 'password-reset', url: 'javascript:alert(1)', expiresAt: now });
    expect(() => composed(bent)).toThrow('web addresses');
    expect(() => composed(aMail({ kind: 'password-reset', url: '/reset', expiresAt: now }))).toThrow();
  });
});
