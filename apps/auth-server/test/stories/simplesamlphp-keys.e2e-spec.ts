import { generateKeyAndCertificate, type KeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { ben } from '@gatehouse/tools/simplesamlphp';
import { asArray, asRecord } from '../gatehouse';
import {
  describeWithSimpleSamlPhp,
  openPremises,
  postedXml,
  SimpleSamlPhpCompany,
  type Premises,
} from '../simplesamlphp-company';

describeWithSimpleSamlPhp('SimpleSAMLphp and keys:', () => {
  let premises: Premises;
  let acme: SimpleSamlPhpCompany;
  let oldKey: KeyAndCertificate;
  let newKey: KeyAndCertificate;

  beforeAll(async () => {
    [oldKey, newKey] = [generateKeyAndCertificate(), generateKeyAndCertificate()];
    premises = await openPremises({ key: oldKey });
    acme = await SimpleSamlPhpCompany.connected(premises);
  }, 60_000);

  afterAll(() => premises?.close());

  // AES-128-CBC with RSA-OAEP: SimpleSAMLphp 1.19 has no setting for AES-GCM.
  describe('an assertion that it encrypts to the key in our metadata', () => {
    beforeAll(() => premises.idp.setDialect({ encryptAssertion: true }));
    afterAll(() => premises.idp.setDialect({ encryptAssertion: false }));

    function rotate(step: string) {
      return premises.gatehouse.did('POST', 'saml-keys/rotate', { step, force: true });
    }

    /** A person who has given name and password, and whose answer is not delivered yet. */
    async function waiting() {
      const browser = acme.aBrowser();
      const finish = await acme.start(browser);
      await acme.giveNameAndPassword(browser, ben);
      return { browser, finish, xml: postedXml(browser.page) };
    }

    async function deliver({ browser, finish }: Awaited<ReturnType<typeof waiting>>): Promise<string> {
      return (await finish(await acme.deliver(browser))).profile.email;
    }

    const signing = [
      ['inside', { signResponse: false, signAssertion: true }],
      ['around', { signResponse: true, signAssertion: false }],
      ['inside and around', { signResponse: true, signAssertion: true }],
    ] as const;

    it.each(signing)('signs somebody in, signed %s [SML-9] [SML-3]', async (_, dialect) => {
      await acme.tellIdp((metadata) => metadata.replace(/ WantAssertionsSigned="\w+"/, ''));
      await premises.idp.setDialect(dialect);
      const answer = await waiting();
      expect(answer.xml).toMatch(/<xenc:EncryptedData.*xmlenc#aes128-cbc.*xmlenc#rsa-oaep-mgf1p/s);
      expect(answer.xml).not.toMatch(/<saml:(Assertion|NameID)/);
      expect(/<samlp:Response[^>]*>.*?<ds:Signature /s.test(beforeEncrypted(answer.xml))).toBe(
        dialect.signResponse,
      );
      expect(await deliver(answer)).toBe(ben.mail);
    });

    it('is refused where nothing is signed, as if it could not be read [SML-9] [SML-3]', async () => {
      await premises.idp.setDialect({ signResponse: false, signAssertion: false });
      const refused = await acme.refusal();
      await premises.idp.setDialect({ signResponse: true, signAssertion: true });
      // AES-CBC: any other answer would tell an attacker who bends it what it decrypts to.
      expect(refused).toEqual([403, 'saml_decryption_failed']);
    });

    it('is read with the previous key after our rotation, and no longer when that is retired [SML-9] [SML-13]', async () => {
      await acme.tellIdp();
      const late = await waiting();
      await rotate('publish');
      await rotate('switch');
      expect(await deliver(late)).toBe(ben.mail);
      expect((await acme.signIn()).profile.email).toBe(ben.mail);
      await rotate('retire');
      expect(await acme.refusal()).toEqual([403, 'saml_decryption_failed']);
      await acme.tellIdp();
      expect((await acme.signIn()).profile.email).toBe(ben.mail);
    });

    it('is read with the new key by a SimpleSAMLphp that had our metadata again meanwhile [SML-13] [CON-5]', async () => {
      await rotate('publish');
      await rotate('switch');
      await acme.tellIdp();
      await rotate('retire');
      expect((await acme.signIn()).profile.email).toBe(ben.mail);
    });

    it('can be what the connection insists on [CON-12] [SML-9]', async () => {
      await acme.promote({ settings: { requireEncryptedAssertions: true } });
      expect((await acme.signIn()).profile.email).toBe(ben.mail);
      await premises.idp.setDialect({ encryptAssertion: false });
      const refused = await acme.refusal();
      await acme.did('POST', '/roll-back');
      expect(refused).toEqual([403, 'saml_encryption_required']);
    });
  });

  describe('its own, replaced as its manual says (new_certificate)', () => {
    beforeAll(() => acme.tellIdp());

    async function certificates(): Promise<unknown[]> {
      const idp = asRecord((await acme.did('GET'))['idp']);
      return asArray(idp['certificates']).map((certificate) => asRecord(certificate)['fingerprint']);
    }

    function readMetadataAgain() {
      return { metadataUrl: premises.idp.metadataUrl };
    }

    it('is not believed before its metadata named it to us [SML-3] [CON-16]', async () => {
      await premises.idp.setKeys(newKey);
      expect(await acme.refusal()).toEqual([403, 'saml_signature_invalid']);
      await premises.idp.setKeys(oldKey, newKey);
      expect((await acme.signIn()).profile.email).toBe(ben.mail);
      expect(await certificates()).toHaveLength(1);
    });

    it('is announced: its metadata, read again, brings both, of which each signs people in [CON-6] [CRT-3] [CON-16]', async () => {
      const [known] = await certificates();
      await acme.promote(readMetadataAgain());
      expect(await certificates()).toEqual([expect.any(String), known]);
      expect((await acme.signIn()).profile.email).toBe(ben.mail);
      await premises.idp.setKeys(newKey);
      expect((await acme.signIn()).profile.email).toBe(ben.mail);
    });

    it('is all that counts once a tested version has left the old one out [CON-16] [CON-17] [SML-3]', async () => {
      await premises.idp.setKeys(newKey);
      const { pendingVersion } = await acme.did('PATCH', '', readMetadataAgain());
      const untested = `tenants/acme/connections/${acme.connection}/versions/${String(pendingVersion)}/promote`;
      expect(await premises.gatehouse.api('POST', untested)).toMatchObject({
        status: 409,
        body: { code: 'connection_not_tested' },
      });
      await premises.idp.setKeys(oldKey);
      expect((await acme.signIn()).profile.email).toBe(ben.mail);
      expect((await acme.test()).text).toContain('saml_signature_invalid');
      await premises.idp.setKeys(newKey);
      await acme.promote(readMetadataAgain());
      expect(await certificates()).toHaveLength(1);
      expect((await acme.signIn()).profile.email).toBe(ben.mail);
      const before = await premises.gatehouse.count('acme');
      await premises.idp.setKeys(oldKey);
      expect(await acme.refusal()).toEqual([403, 'saml_signature_invalid']);
      expect(await premises.gatehouse.count('acme')).toEqual(before);
    });
  });
});

function beforeEncrypted(xml: string): string {
  return xml.slice(0, xml.indexOf('<saml:EncryptedAssertion'));
}
