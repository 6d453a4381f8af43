import type { Schema } from './attribute';
import { binary, complex, records, reference, several, text, truth, values } from './describe-attribute';

const name = complex('name', 'The parts of the name of the person.', [
  text('formatted', 'The whole name, as it is written for people to read.'),
  text('familyName', 'The family name, or last name.'),
  text('givenName', 'The given name, or first name.'),
  text('middleName', 'The middle names.'),
  text('honorificPrefix', 'What stands before the name, such as a title.'),
  text('honorificSuffix', 'What stands after the name, such as a generation or a degree.'),
]);

const addressParts = [
  text('formatted', 'The whole address, as it is written on a letter. Lines may be parted by line breaks.'),
  text(
    'streetAddress',
    'The street, with house number, floor or post box. Lines may be parted by line breaks.',
  ),
  text('locality', 'The city.'),
  text('region', 'The state or region.'),
  text('postalCode', 'The postal code.'),
  text('country', 'The country, by its two letters in ISO 3166-1.'),
];

const groups = several(
  complex(
    'groups',
    'The groups of this directory that the person is in. They change by changing the group.',
    [
      text('value', 'The identifier of the group.', { mutability: 'readOnly', caseExact: true }),
      reference('$ref', 'The address of the group.', ['Group'], { mutability: 'readOnly' }),
      text('display', 'The name of the group.', { mutability: 'readOnly' }),
      text('type', 'How the person is in the group.', {
        mutability: 'readOnly',
        canonicalValues: ['direct'],
      }),
    ],
    { mutability: 'readOnly' },
  ),
);

/** RFC 7643 4.1 and 8.7.1. */
export const userSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'A person.',
  attributes: [
    text(
      'userName',
      'The name by which the client knows the person. There is one such person in a directory.',
      {
        required: true,
        uniqueness: 'server',
      },
    ),
    name,
    text('displayName', 'The name that is shown to others.'),
    text('nickName', 'How the person is addressed casually.'),
    reference('profileUrl', 'The address of a page about the person.', ['external']),
    text('title', 'The job title.'),
    text('userType', 'The relation between person and organisation, such as employee or contractor.'),
    text('preferredLanguage', 'The languages that the person prefers, as in the header Accept-Language.'),
    text('locale', 'How dates, numbers and currencies are written for the person, such as en-US.'),
    text('timezone', 'The time zone by its name in the IANA database, such as Europe/Zurich.'),
    truth('active', 'Whether the person may use the account. Who is not active is kept out.'),
    text(
      'password',
      'Accepted, and neither kept nor used: people who are provisioned sign in by single sign-on.',
      {
        mutability: 'writeOnly',
        returned: 'never',
        caseExact: true,
      },
    ),
    values('emails', 'e-mail address', text('value', 'The e-mail address.'), ['work', 'home', 'other']),
    values('phoneNumbers', 'phone number', text('value', 'The phone number.'), [
      'work',
      'home',
      'mobile',
      'fax',
      'pager',
      'other',
    ]),
    values('ims', 'instant messaging address', text('value', 'The instant messaging address.'), [
      'aim',
      'gtalk',
      'icq',
      'xmpp',
      'msn',
      'skype',
      'qq',
      'yahoo',
    ]),
    values('photos', 'photo', reference('value', 'The address of the photo.', ['external']), [
      'photo',
      'thumbnail',
    ]),
    records('addresses', 'postal address', addressParts, ['work', 'home', 'other']),
    groups,
    values('entitlements', 'entitlement', text('value', 'The entitlement.')),
    values(
      'roles',
      'role',
      text('value', 'The role, as the client calls it. It gives no role on this server.'),
    ),
    values('x509Certificates', 'certificate', binary('value', 'The X.509 certificate as DER in base64.')),
  ],
};
