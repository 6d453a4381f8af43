import { emptyObject } from '../json';
import type { Content } from '../resource-store';

/**
 * RFC 7643 4.1.1 leaves it to us what a person is of whom `active` is not said: who is new may sign in, and who is there stays
 * as before. A client that leaves it out of a PUT, or removes it, lets nobody back in. Others look for it in what they made.
 */
export function activeUnlessSaid(content: Content, active: boolean): Content {
  return content['active'] === undefined ? Object.assign(emptyObject(), content, { active }) : content;
}
