import { SsoError, type ErrorCode } from '@gatehouse/core';

/** No sign-in is under way in this browser. */
export function startAgain(): SsoError {
  return new SsoError('flow_expired', 'This sign-in took too long or was tried too often; start it again.');
}

/** What was proven is right, and opens nothing. */
export function noAccess(code: ErrorCode | undefined): SsoError {
  return new SsoError(
    code ?? 'password_unavailable',
    'The password is right, and it opens no organisation here. Ask an owner of yours.',
    { want: 'a membership that may sign in this way', got: 'none' },
  );
}
