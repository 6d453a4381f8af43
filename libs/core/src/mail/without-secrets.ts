import { clipText } from '../shared/clip';

/**
 * What a mail server said, fit for logs: spam filters repeat the link that they dislike, and refusals name the person.
 * Besides addresses everything goes that is long enough to be a token.
 */
export function withoutSecrets(reply: string): string {
  const bare = reply
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/\S+/giu, '(address)')
    .replaceAll(/[^\s<>"']+@[^\s<>"']+/gu, '(person)')
    .replaceAll(/[\w~+/=.%#?&-]{20,}/gu, '(…)');
  return clipText(bare.trim(), 300);
}
