import { SsoError } from '@gatehouse/core';
import { Inject, Injectable, type CanActivate } from '@nestjs/common';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';

/** Where the page was not switched on there is none, whoever asks. */
@Injectable()
export class QueuePageGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(): boolean {
    if (this.config.queuePage) return true;
    throw new SsoError('not_found', 'There is nothing at this address.');
  }
}
