import { apiTokenEntity } from './api-tokens/api-token.entity';
import { applicationEntity } from './applications/application.entity';
import { auditEntryEntity } from './audit/audit-entry.entity';
import { deploymentAuditEntity } from './audit/deployment-audit.entity';
import { certificateNoticeEntity, connectionUpkeepEntity } from './certificates/certificate.entities';
import { connectionEntity } from './connections/connection.entity';
import { connectionVersionEntity } from './connections/connection-version.entity';
import {
  passkeyChallengeEntity,
  passkeyEntity,
  passwordEntity,
  passwordResetEntity,
  recoveryCodeEntity,
  totpSecretEntity,
} from './credentials/credential.entities';
import {
  directoryEntity,
  directoryRequestEntity,
  directoryTokenEntity,
} from './directory/directory.entities';
import {
  directoryGroupEntity,
  directoryGroupMemberEntity,
  directoryTallyEntity,
} from './directory/directory-group.entities';
import { directoryPersonEntity } from './directory/directory-person.entity';
import { removalHoldEntity } from './directory/removal-hold.entity';
import { roleMappingEntity } from './directory/role-mapping.entity';
import { domainEntity } from './domains/domain.entity';
import { breakGlassProofEntity } from './enforcement/break-glass-proof.entity';
import { outboxEntity } from './events/outbox.entity';
import { rateLimitEntity, signInTriesEntity } from './limits/limit.entities';
import { invitationEntity } from './invitations/invitation.entity';
import { oidcModelEntity } from './issuer/oidc-model.entity';
import { signingKeyEntity } from './issuer/signing-key.entity';
import { linkEntity } from './linking/link.entity';
import { linkRequestEntity } from './linking/link-request.entity';
import { pendingLinkEntity } from './linking/pending-link.entity';
import { moveEntity, movingMemberEntity } from './linking/move.entity';
import { arrivalEntity } from './login/arrival.entity';
import { localSignInEntity } from './login/local-sign-in.entity';
import { loginFlowEntity, usedAssertionEntity } from './login/login-flow.entity';
import { signInTraceEntity } from './login/sign-in-trace.entity';
import { mailEntity } from './mail/mail.entity';
import { memberEntity } from './members/member.entity';
import { removedIdentityEntity, removedMemberEntity } from './members/removed-member.entity';
import { userEntity } from './members/user.entity';
import { samlKeyEntity } from './saml-keys/saml-key.entity';
import { logoutEntity } from './sessions/logout.entity';
import { logoutNoticeEntity } from './sessions/logout-notice.entity';
import { sessionEntity } from './sessions/session.entity';
import { taskEntity } from './tasks/task.entity';
import { tenantEntity } from './tenants/tenant.entity';

/** Every table of the schema. */
export const entities = [
  tenantEntity,
  userEntity,
  memberEntity,
  breakGlassProofEntity,
  removedMemberEntity,
  removedIdentityEntity,
  invitationEntity,
  apiTokenEntity,
  passwordEntity,
  totpSecretEntity,
  passkeyEntity,
  recoveryCodeEntity,
  passkeyChallengeEntity,
  passwordResetEntity,
  localSignInEntity,
  rateLimitEntity,
  signInTriesEntity,
  domainEntity,
  connectionEntity,
  connectionVersionEntity,
  connectionUpkeepEntity,
  certificateNoticeEntity,
  directoryEntity,
  directoryTokenEntity,
  directoryRequestEntity,
  removalHoldEntity,
  directoryPersonEntity,
  directoryGroupEntity,
  directoryGroupMemberEntity,
  directoryTallyEntity,
  roleMappingEntity,
  linkEntity,
  linkRequestEntity,
  pendingLinkEntity,
  moveEntity,
  movingMemberEntity,
  loginFlowEntity,
  usedAssertionEntity,
  arrivalEntity,
  logoutEntity,
  logoutNoticeEntity,
  signInTraceEntity,
  sessionEntity,
  applicationEntity,
  auditEntryEntity,
  outboxEntity,
  mailEntity,
  taskEntity,
  oidcModelEntity,
  signingKeyEntity,
  samlKeyEntity,
  deploymentAuditEntity,
];
