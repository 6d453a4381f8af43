import type { Application } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, json, key, named, optional, text } from '../column';

export const applicationEntity = new EntitySchema<Application>({
  name: 'Application',
  tableName: 'applications',
  columns: {
    id: key,
    name: text,
    sealedSecret: named('sealed_secret', text),
    redirectUris: named('redirect_uris', json),
    postLogoutRedirectUris: named('post_logout_redirect_uris', json),
    initiateLoginUri: named('initiate_login_uri', optional(text)),
    backchannelLogoutUri: named('backchannel_logout_uri', optional(text)),
    createdAt: createdColumn,
  },
});
