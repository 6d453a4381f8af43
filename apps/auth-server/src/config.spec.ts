import { readConfig } from './config';

const good = {
  PUBLIC_URL: 'https://login.example.com/',
  DATABASE_URL: 'postgres://gatehouse_app@localhost/gatehouse',
  OPERATOR_KEY: 'operator-key-of-enough-length',
  SECRET_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  COOKIE_KEYS: 'a-cookie-key-of-thirty-two-characters',
};

describe('readConfig', () => {
  it('reads typed settings and takes a trailing slash off the public address [OPS-3]', () => {
    const config = readConfig(good);
    expect(config.publicUrl).toBe('https://login.example.com');
    expect(config.secretKeys[0].key).toHaveLength(32);
    expect(config.sessionLifetimeMs).toBe(24 * 3600 * 1000);
  });

  it('may name the product, on one line [OPS-3]', () => {
    expect(readConfig(good).productName).toBe('Gatehouse');
    expect(readConfig({ ...good, PRODUCT_NAME: ' Tideline ' }).productName).toBe('Tideline');
    expect(() => readConfig({ ...good, PRODUCT_NAME: '' })).toThrow(/PRODUCT_NAME: must be a name/);
  });

  it('lists everything that is wrong at once [OPS-3]', () => {
    const bad = {
      ...good,
      PUBLIC_URL: 'http://login.example.com',
      SECRET_KEYS: 'k1:short',
      OPERATOR_KEY: 'x',
    };
    expect(() => readConfig(bad)).toThrow(/PUBLIC_URL[\s\S]*OPERATOR_KEY[\s\S]*SECRET_KEYS/);
  });

  it('closes the protocols that are named, and starts with none that it does not know [CON-20] [OPS-3]', () => {
    expect(readConfig(good).disabledProtocols).toEqual([]);
    expect(readConfig({ ...good, DISABLED_PROTOCOLS: ' saml ' }).disabledProtocols).toEqual(['saml']);
    expect(() => readConfig({ ...good, DISABLED_PROTOCOLS: 'saml,smal' })).toThrow(
      /DISABLED_PROTOCOLS.*saml/,
    );
  });

  it('lets API tokens work for a year at most, or as long as the deployment says, but never for good [SES-4]', () => {
    expect(readConfig(good).apiTokenLongestDays).toBe(365);
    expect(readConfig({ ...good, API_TOKEN_MAX_DAYS: '30' }).apiTokenLongestDays).toBe(30);
    for (const days of ['0', '-1', '3651', 'never', '1.5'])
      expect(() => readConfig({ ...good, API_TOKEN_MAX_DAYS: days })).toThrow(/API_TOKEN_MAX_DAYS/);
  });

  it('lets a directory ask as often as the deployment says, and no server be flooded by a slip of the pen [SEC-1] [OPS-3]', () => {
    expect(readConfig(good).scimRequestsPerMinute).toBeUndefined();
    expect(readConfig({ ...good, SCIM_REQUESTS_PER_MINUTE: '600' }).scimRequestsPerMinute).toBe(600);
    for (const often of ['0', '59', '-1', 'often', '100000000'])
      expect(() => readConfig({ ...good, SCIM_REQUESTS_PER_MINUTE: often })).toThrow(
        /SCIM_REQUESTS_PER_MINUTE/,
      );
  });

  it('takes the word of those proxies only that are named, and of none that it cannot read [SEC-1] [OPS-3]', () => {
    const proxies = (TRUSTED_PROXIES: string) => readConfig({ ...good, TRUSTED_PROXIES }).trustedProxies;
    expect(readConfig(good).trustedProxies).toEqual(['loopback']);
    expect(proxies('')).toEqual([]);
    expect(proxies('10.0.0.0/8, 2001:db8::/32,192.0.2.7,uniquelocal')).toHaveLength(4);
    for (const bad of ['*', 'true', '1', '10.0.0.0/33', 'proxy.example'])
      expect(() => proxies(bad)).toThrow(/TRUSTED_PROXIES/);
  });

  it('refuses sessions of more than 24 hours [SES-1]', () => {
    expect(() => readConfig({ ...good, SESSION_HOURS: '25' })).toThrow(/SESSION_HOURS/);
  });

  it('may make single sign-on required for new tenants, once their first connection is on [ENF-1]', () => {
    const chosen = (SSO_WHEN_ENABLED: string) => readConfig({ ...good, SSO_WHEN_ENABLED }).ssoWhenEnabled;
    expect(readConfig(good).ssoWhenEnabled).toBeUndefined();
    expect(chosen('required')).toBe('required');
    expect(() => chosen('off')).toThrow(/SSO_WHEN_ENABLED: must be optional or required/);
  });

  it('takes an address or a sentence that says whom to ask for single sign-on [TEN-9]', () => {
    const contact = (SSO_CONTACT: string) => readConfig({ ...good, SSO_CONTACT }).ssoContact;
    expect(readConfig(good).ssoContact).toBeUndefined();
    const page = 'https://example.com/enterprise';
    expect(contact(page)).toEqual({ text: page, url: page });
    expect(contact('sales@example.com')).toEqual({
      text: 'sales@example.com',
      url: 'mailto:sales@example.com',
    });
    expect(contact('Call extension 12.')).toEqual({ text: 'Call extension 12.' });
    expect(contact('javascript:alert(1)')).toEqual({ text: 'javascript:alert(1)' });
    expect(() => contact(' ')).toThrow(/SSO_CONTACT: must say whom to ask/);
  });
});
