import { clipText } from '../shared/clip';

// The patterns below take the square of its length.
const longestRead = 2000;

/**
 * What a mail server said, fit for logs: spam filters repeat the link that they dislike, and refusals name the person.
 * Besides addresses everything goes that is long enough to be a token.
 */
export function withoutSecrets(reply: string): string {
  const bare = reply
    .slice(0, longestRead)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/\S+/giu, '(address)')
    .replaceAll(/[^\s<>"']+@[^\s<>"']+/gu, '(person)')
    .replaceAll(/[\w~+/=.%#?&-]{20,}/gu, '(…)');
  return clipText(bare.trim(), 300);
}
