import type { JobHandlers, RulesOfTasks } from '@gatehouse/core';
import { checkCertificates } from './check-certificates';
import { checkDomains } from './check-domains';
import { endRefusedSessions } from './end-refused-sessions';
import type { Parts } from './parts';
import { queueMetadataRefreshes } from './queue-metadata-refreshes';
import { relayOutbox } from './relay-outbox';
import { relayTasks } from './relay-tasks';
import { sweepExpired } from './sweep-expired';
import { tellApplications } from './tell-applications';
import { tellOfEndingTokens } from './tell-of-ending-tokens';

/** What is done for each job that recurs. */
export function jobHandlers(parts: Parts, rules: RulesOfTasks): JobHandlers {
  return {
    'relay-outbox': relayOutbox(parts),
    'relay-tasks': relayTasks(parts, rules),
    'tell-applications': tellApplications(parts),
    'end-refused-sessions': endRefusedSessions(parts),
    'check-domains': checkDomains(parts),
    'check-certificates': checkCertificates(parts),
    'tell-of-ending-tokens': tellOfEndingTokens(parts),
    'queue-metadata-refreshes': queueMetadataRefreshes(parts),
    'sweep-expired': sweepExpired(parts),
  };
}
