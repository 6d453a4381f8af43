import { SsoError } from '../shared/sso-error';
import { parseDomainName } from './domain-name';
import { publicMailDomains } from './public-mail-domains';

function refusal(input: string): { code: string; message: string } | undefined {
  try {
    parseDomainName(input);
    return undefined;
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    return { code: error.code, message: error.message };
  }
}

describe('parseDomainName', () => {
  it.each([
    ['acme.com', 'acme.com'],
    ['  ACME.Com. ', 'acme.com'],
    ['login.acme.co.uk', 'login.acme.co.uk'],
    ['acme.github.io', 'acme.github.io'],
    ['BÜCHER.de', 'xn--bcher-kva.de'],
    ['xn--bcher-kva.de', 'xn--bcher-kva.de'],
    ['acme。com', 'acme.com'],
    ['acme.test', 'acme.test'],
  ])('reads %p as %p [DOM-6]', (input, name) => {
    expect(parseDomainName(input)).toBe(name);
  });

  it('keeps a homograph of a mail provider apart, in its A-label form [DOM-6]', () => {
    expect(parseDomainName('gm\u0430il.com')).toBe('xn--gmil-63d.com');
  });

  it.each([
    'GMAIL.com',
    'gmail.com.',
    'ｇｍａｉｌ.com',
    'gm\u00adail.com',
    'mx.Outlook.com',
    'yahoo.co.uk',
    'i.softbank.jp',
  ])('refuses the mail provider %p [DOM-6]', (input) => {
    expect(refusal(input)).toMatchObject({
      code: 'domain_public',
      message: expect.stringContaining('mail provider'),
    });
  });

  it.each(['co.uk', 'Co.UK.', 'github.io', 'GitHub.IO', 'blogspot.com', '公司.cn', 'xn--55qx5d.cn'])(
    'refuses the public suffix %p [DOM-6]',
    (input) => {
      expect(refusal(input)).toMatchObject({
        code: 'domain_public',
        message: expect.stringContaining('below it'),
      });
    },
  );

  it.each([
    ['https://acme.com/login', 'web address'],
    ['acme.com/login', 'web address'],
    ['jane@acme.com', 'e-mail address'],
    ['acme.com:8443', 'port'],
    ['*.acme.com', 'Wildcards'],
    ['_dmarc.acme.com', 'underscore'],
    ['ac me.com', 'spaces'],
    ['exa%6dple.com', 'spaces'],
    ['192.0.2.1', 'IP address'],
    ['0x7f.1', 'IP address'],
    ['[2001:db8::1]', 'IP address'],
    ['2001:db8::1', 'IP address'],
    ['acme', 'ending'],
    ['', 'not a domain name'],
    ['.', 'not a domain name'],
    ['a..com', 'not a domain name'],
    ['acme.com..', 'not a domain name'],
    ['-acme.com', 'not a domain name'],
    ['acme-.com', 'not a domain name'],
    [`${'a'.repeat(64)}.com`, 'not a domain name'],
    [`${'a.'.repeat(126)}com`, 'longer'],
    ['a'.repeat(100_000), 'longer'],
    ['xn---m1y.com', 'Punycode'],
    ['xn--gmail-.com', 'not a domain name'],
    ['xn--a.com', 'not a domain name'],
  ])('says what is wrong with %p [DOM-6]', (input, words) => {
    expect(refusal(input)).toMatchObject({ code: 'domain_invalid', message: expect.stringContaining(words) });
  });
});

describe('the list of public mail domains', () => {
  it('is sorted, in A-label form and without doubles [DOM-6]', () => {
    const names = [...publicMailDomains];
    expect(names).toEqual([...names].sort());
    expect(names.filter((name) => !/^[a-z0-9.-]+$/.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(150);
  });
});
