import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import type { Gatehouse } from './gatehouse';

/** Answered to whoever proves itself in the message: identity providers post from their own pages, programs have keys. */
const forOthers = /^(?:api|saml|oidc)\//;

/** Every address that a browser opens, or sends forms to, as Nest has them; placeholders are `x`. */
export function pageRoutes({ app }: Gatehouse, kind: 'opened' | 'sent to'): string[] {
  const reflector = app.get(Reflector);
  const controllers = new DiscoveryService(app.get(ModulesContainer)).getControllers();
  return controllers.flatMap(({ metatype }) => {
    if (!metatype) return [];
    const base = String(reflector.get(PATH_METADATA, metatype));
    return new MetadataScanner().getAllMethodNames(metatype.prototype).flatMap((name) => {
      const handler: unknown = Reflect.get(metatype.prototype, name);
      const method: unknown =
        typeof handler === 'function' ? reflector.get(METHOD_METADATA, handler) : undefined;
      if (typeof handler !== 'function' || method === undefined) return [];
      if ((method === RequestMethod.GET) !== (kind === 'opened')) return [];
      const paths: unknown = reflector.get(PATH_METADATA, handler);
      return (Array.isArray(paths) ? paths : [paths]).flatMap((path) => addressOf(`${base}/${String(path)}`));
    });
  });
}

function addressOf(path: string): string[] {
  const address = path.replaceAll(/\/+/g, '/').replace(/^\//, '').replace(/\/$/, '').replaceAll(/:\w+/g, 'x');
  return forOthers.test(address) ? [] : [address];
}
