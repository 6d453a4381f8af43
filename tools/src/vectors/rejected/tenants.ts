import { change, honest, signAssertion, signBoth, signResponse } from '../honest';
import { connection, idpEntityId, otherConnection, serviceProvider } from '../vector';
import { vectors } from './row';
import type { Row } from './row';

const toOther = (text: string) => text.replaceAll(connection, otherConnection);
const otherAcs = toOther(serviceProvider.acsUrl);
const otherEntity = toOther(serviceProvider.entityId);
const invalid = 'saml_signature_invalid';
const otherIdp = 'https://idp.globex.example/entity';
/** For each of its connections a provider that two tenants share has the same entity ID and key. */
const shared = 'Two tenants share one provider, with one entity ID and one key';

const rows: readonly Row[] = [
  [
    'idp-of-another-tenant',
    "Another tenant's provider signs, under its own entity ID",
    invalid,
    () => signBoth(honest({ issuer: otherIdp }), { key: 'idp-other' }),
    { heldBy: "keys are the connection's certificates" },
  ],
  [
    'idp-of-another-tenant-as-ours',
    "Another tenant's provider signs, under our provider's entity ID",
    invalid,
    () => signBoth(honest(), { key: 'idp-other' }),
  ],
  [
    'idp-of-another-tenant-with-our-key',
    "Another tenant's entity ID, signed with our provider's key",
    'saml_issuer_mismatch',
    () => signBoth(honest({ issuer: otherIdp })),
  ],
  [
    'response-for-another-connection',
    `${shared}: the answer to the other one is posted here`,
    'saml_destination_mismatch',
    () => signBoth(toOther(honest())),
  ],
  [
    'assertion-for-another-connection',
    `${shared}: the assertion for the other one, in an unsigned response for us`,
    'saml_recipient_mismatch',
    () => {
      const theirs = signAssertion(toOther(honest()));
      return change(theirs, `Destination="${otherAcs}"`, `Destination="${serviceProvider.acsUrl}"`);
    },
  ],
  [
    'audience-of-another-connection',
    `${shared}: only the audience is the other one's`,
    'saml_audience_mismatch',
    () => signBoth(honest({ audience: otherEntity })),
  ],
  [
    'recipient-of-another-connection',
    `${shared}: only the recipient is the other one's`,
    'saml_recipient_mismatch',
    () => signBoth(honest({ recipient: otherAcs })),
  ],
  [
    'destination-of-another-connection',
    `${shared}: only the destination is the other one's`,
    'saml_destination_mismatch',
    () => signBoth(honest({ destination: otherAcs })),
  ],
  [
    'audience-of-the-whole-deployment',
    'The audience is the address of the deployment, which all tenants share',
    'saml_audience_mismatch',
    () => signBoth(honest({ audience: 'https://sso.example' })),
  ],
  [
    'connection-named-in-query',
    "The destination names another tenant's connection in its query",
    'saml_destination_mismatch',
    () => signBoth(honest({ destination: `https://sso.example/saml/acs?connection=${otherConnection}` })),
  ],
  [
    'both-connections-in-query',
    'The destination names both connections in its query',
    'saml_destination_mismatch',
    () =>
      signResponse(
        honest({
          destination:
            `https://sso.example/saml/acs?connection=${connection}&amp;connection=${otherConnection}`.replaceAll(
              '&amp;',
              '&',
            ),
        }),
      ),
  ],
  [
    'issuer-of-another-with-one-key',
    'A provider signs for two entity IDs with one key, and this is the other one',
    'saml_issuer_mismatch',
    () => signBoth(honest({ issuer: `${idpEntityId}-2` })),
  ],
];

export const tenants = vectors(['SML-3', 'SML-5'], rows);
