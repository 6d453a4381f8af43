import { withoutSecrets } from './without-secrets';

describe('the answer of a mail server, in a log', () => {
  it.each([
    ['550 5.1.1 <jane@acme.example>: user unknown', '550 5.1.1 <(person)>: user unknown'],
    ['554 5.7.1 link https://login.example/i#k3yk3y is listed', '554 5.7.1 link (address) is listed'],
    ['554 token a8Fk2lZp90sQw1xYv7Tn refused', '554 token (…) refused'],
    ['451 try again\r\n later', '451 try again later'],
    ['connect ECONNREFUSED 127.0.0.1:25', 'connect ECONNREFUSED 127.0.0.1:25'],
  ])('names no person and no link: %s', (said, logged) => expect(withoutSecrets(said)).toBe(logged));

  it('is short', () => expect(withoutSecrets('no '.repeat(900)).length).toBeLessThanOrEqual(300));
});
