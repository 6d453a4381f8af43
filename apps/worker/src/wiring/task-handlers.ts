import type { TaskHandlers } from '@gatehouse/core';
import { askMembersToLink } from './ask-members-to-link';
import type { Parts } from './parts';
import { refreshMetadata } from './refresh-metadata';
import { sendMail } from './send-mail';
import { settlePeople } from './settle-people';

/** What is done for each kind of task. */
export function taskHandlers(parts: Parts): TaskHandlers {
  return {
    'send-mail': sendMail(parts),
    'ask-members-to-link': askMembersToLink(parts),
    'refresh-metadata': refreshMetadata(parts),
    'settle-people': settlePeople(parts),
  };
}
