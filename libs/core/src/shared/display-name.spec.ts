import { displayAddress, displayDetail, displayDomain, displayMailbox, displayName } from './display-name';

describe('a name that a stranger chose, in a text of ours', () => {
  it.each([
    ['Acme GmbH & Co. KG', 'Acme GmbH & Co. KG'],
    ['  Société   Générale ', 'Société Générale'],
    ['شرکت می‌خواهم', 'شرکت می‌خواهم'],
    ['A/B Tests und/oder Co.', 'A/B Tests und/oder Co.'],
    ['Team 👩‍🚀', 'Team 👩‍🚀'],
  ])('stays what it is: %s', (name, shown) => expect(displayName(name)).toBe(shown));

  it.each([
    ['Pay at https://evil.example/pay now', 'Pay at now'],
    ['Pay at HTTPS:\\\\evil.example now', 'Pay at now'],
    ['See www.evil.example today', 'See today'],
    ['See WWW。evil。example today', 'See today'],
    ['evil.example/login?x=1 awaits', 'awaits'],
    ['evil。example/login awaits', 'awaits'],
    ['Write to eve@evil.example, quickly', 'Write to quickly'],
    ['https://evil.example', '—'],
    ['\u200B\u202E', '—'],
    ['', '—'],
  ])('loses its addresses: %s [TEN-5]', (name, shown) => expect(displayName(name)).toBe(shown));

  it('keeps a name that looks like a domain, but nothing that a mail program would make a link of', () => {
    expect(displayName('Booking.com').replaceAll('\u2060', '')).toBe('Booking.com');
    expect(displayName('Booking.com and monday。com')).toBe('Booking.\u2060com and monday。\u2060com');
    expect(displayName('a.b.c.example')).not.toMatch(/[a-z]\.[a-z]/);
  });

  it('takes one line and turns no direction', () => {
    expect(displayName('Acme\r\nBcc: eve')).toBe('Acme Bcc: eve');
    expect(displayName('a\u2028b\u0085c\u0000d')).toBe('a b c d');
    expect(displayName('\u202Eemca\u2066\u200F\uFEFF\u00AD\u{E0041}')).toBe('emca');
  });

  it('cannot end the quotation marks that it stands in', () => {
    expect(displayName('Acme”. Your account is locked. “x «y» "z')).not.toMatch(/["“”„«»]/);
  });

  it('is short, whatever it is made of', () => {
    expect([...displayName('é'.repeat(5000))]).toHaveLength(60);
    expect(displayName('👩'.repeat(70), 10)).toBe(`${'👩'.repeat(9)}…`);
    expect(displayName(`a${'\u0301'.repeat(500)}`).length).toBeLessThan(6);
  });
});

describe('an address in a text of ours', () => {
  it('is shown as it is, on one short line', () => {
    expect(displayAddress('ada@acme.example')).toBe('ada@acme.example');
    expect(displayAddress('ada\r\n@acme\u202E.example')).toBe('ada@acme.example');
    expect(displayAddress(`${'a'.repeat(300)}@acme.example`)).toHaveLength(100);
  });
});

describe('what an identity provider calls an address', () => {
  it('is shown as one where it is one, and else only as a name [LNK-5]', () => {
    expect(displayMailbox(' jane@acme.example ')).toBe('jane@acme.example');
    expect(displayMailbox('https://evil.example/')).toBe('—');
    expect(displayMailbox('eve@evil.example/login')).toBe('—');
    expect(displayMailbox('jane@acme.example, write to eve@evil.example')).not.toContain('@');
    expect(displayMailbox('jane')).toBe('jane');
  });
});

describe('a technical text with parts of strangers', () => {
  it('stays readable, but nothing in it becomes a link [CRT-4]', () => {
    const said = 'The metadata is of https://evil.example/x,\nask eve@evil.example';
    const shown = displayDetail(said);
    expect(shown.replaceAll('\u2060', '')).toBe(said.replace('\n', ' '));
    expect(shown).not.toMatch(/:\/\/|\.example|@evil/);
    expect(displayDetail('x'.repeat(400))).toHaveLength(300);
  });

  it('names a domain whole, without pointing there [DOM-8]', () => {
    expect(displayDomain('www.acme.example').replaceAll('\u2060', '')).toBe('www.acme.example');
    expect(displayDomain('www.acme.example')).not.toMatch(/[a-z]\.[a-z]/);
  });
});
