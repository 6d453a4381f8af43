import type { TaskHandler } from '@gatehouse/core';
import type { Parts } from './parts';

export function refreshMetadata({ log }: Parts): TaskHandler<'refresh-metadata'> {
  return {
    async run({ payload }) {
      log.error(payload, 'nobody refreshes metadata yet');
      throw new Error('This build refreshes no metadata.');
    },
  };
}
