import { Protocols } from '@gatehouse/core';
import { Inject, Injectable, type CanActivate } from '@nestjs/common';

/** Shuts the addresses that identity providers post to while the operator keeps SAML closed (CON-20): before anything is read. */
@Injectable()
export class SamlOpenGuard implements CanActivate {
  constructor(@Inject(Protocols) private readonly protocols: Protocols) {}

  canActivate(): boolean {
    this.protocols.refuseClosed('saml');
    return true;
  }
}
