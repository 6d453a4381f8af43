import type { Connection } from '../connections/connection';
import type { ConnectionId, MoveId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';

export function noSuchMove(id: MoveId): SsoError {
  return new SsoError('not_found', 'This connection has no such move.', { got: id });
}

export function notOpen(id: MoveId): SsoError {
  return new SsoError('move_not_open', 'This move has ended. Approve a new one if members are left.', {
    want: 'an open move',
    got: id,
  });
}

export function notConfirmed(whom: string, want: number, got: number): SsoError {
  return new SsoError(
    'move_not_confirmed',
    `The number of ${whom} is ${want}, not ${got}. Look at the list again and confirm that number.`,
    { want, got },
  );
}

export function refuseSameConnection(from: ConnectionId, to: ConnectionId): void {
  if (from !== to) return;
  throw new SsoError('validation_failed', 'Name another connection of this tenant to move from.', {
    want: 'a connection that members are linked through, other than the target',
    got: from,
  });
}

/** Throws `connection_disabled`: a link is only taken where another one works. */
export function refuseNotEnabled(connection: Connection | undefined, which: string): void {
  if (connection?.enabledAt) return;
  throw new SsoError('connection_disabled', `Switch ${which} on first: people would have no way in.`, {
    want: 'an enabled connection',
    got: connection ? 'one that is off' : 'one that is deleted',
  });
}
