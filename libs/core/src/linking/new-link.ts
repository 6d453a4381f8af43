import type { Happening } from '../audit/happening';
import type { OutgoingMail } from '../mail/outgoing-mail';
import type { Link } from './link';

/**
 * A link to the account of an existing user, and what is said of it. Whoever had that account before the identity provider
 * vouched for its person has no hold on it afterwards: sessions, refresh tokens and API tokens of before end with the first.
 */
export interface NewLink {
  readonly link: Link;
  readonly because: readonly Happening[];
  /** To the person, whose account can be entered by the identity provider from now on. */
  readonly mail: OutgoingMail;
  /** Made by what the tenant switched on, and by nobody's doing: not for who was unlinked (LNK-10). */
  readonly automatic?: boolean;
  /** Only to an account that a directory brought into being and nobody has set up since (SCM-10). */
  readonly onlyFresh?: boolean;
}
