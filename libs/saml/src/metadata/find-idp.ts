import { SsoError } from '@gatehouse/core';
import { namespaces } from '../names';
import { childrenNamed, is } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { outdatedSince } from './metadata-validity';
import { noIdp } from './name-metadata';

const { metadata: md, protocol: samlp } = namespaces;

/** An identity provider and its roles that speak SAML 2.0. */
export interface IdpEntity {
  readonly entity: XmlElement;
  readonly roles: readonly XmlElement[];
}

interface Entity {
  readonly entity: XmlElement;
  /** The EntitiesDescriptors that hold it, from the outside in. */
  readonly around: readonly XmlElement[];
}

/** The only identity provider that a document describes; throws where there is none, or several. */
export function findIdp(root: XmlElement, now: Date): IdpEntity {
  const entities = entitiesIn(root, []);
  const [idp, ...more] = entities.flatMap((entity) => validIdp(entity, now));
  if (!idp)
    throw (
      outdated(entities, now) ??
      noIdp(
        root,
        entities.map(({ entity }) => entity),
      )
    );
  if (more.length > 0) throw several([idp, ...more]);
  refuseTemplate(idp.entity);
  return idp;
}

/** SAML Metadata 2.3: nowhere else does an entity mean anything. */
function entitiesIn(element: XmlElement, around: readonly XmlElement[]): readonly Entity[] {
  if (is(element, md, 'EntityDescriptor')) return [{ entity: element, around }];
  if (!is(element, md, 'EntitiesDescriptor')) return [];
  return element.children.flatMap((child) => entitiesIn(child, [...around, element]));
}

function validIdp({ entity, around }: Entity, now: Date): IdpEntity[] {
  const roles = idpRoles(entity).filter((role) => !outdatedSince([...around, entity, role], now));
  return roles.length > 0 ? [{ entity, roles }] : [];
}

/** Only these roles' keys and endpoints count: a document may describe a service provider of the same owner too. */
function idpRoles(entity: XmlElement): readonly XmlElement[] {
  return childrenNamed(entity, md, 'IDPSSODescriptor').filter((role) =>
    (role.attributes.get('protocolSupportEnumeration') ?? samlp).split(/\s+/).includes(samlp),
  );
}

function outdated(entities: readonly Entity[], now: Date): SsoError | undefined {
  for (const { entity, around } of entities) {
    const since = idpRoles(entity).map((role) => outdatedSince([...around, entity, role], now))[0];
    if (!since) continue;
    const message = 'This metadata is out of date: download it again.';
    const details = { want: `valid at ${now.toISOString()}`, got: `valid until ${since.toISOString()}` };
    return new SsoError('metadata_expired', message, details);
  }
  return undefined;
}

function several(idps: readonly IdpEntity[]): SsoError {
  const message = `The document describes ${idps.length} identity providers: give the metadata of the one that your people sign in with.`;
  const got = idps.map(({ entity }) => entity.attributes.get('entityID') ?? 'without entity ID');
  return new SsoError('metadata_several_idps', message, { want: 'one identity provider', got });
}

// Entra ID publishes one document for all tenants, with a placeholder where the tenant's ID belongs.
function refuseTemplate(entity: XmlElement): void {
  const entityId = entity.attributes.get('entityID') ?? '';
  if (!/\{tenantid\}/i.test(entityId)) return;
  const message =
    "This is Entra ID's document for all tenants: copy the App Federation Metadata Url of your enterprise application instead.";
  throw new SsoError('metadata_is_tenant_wide', message, { want: "one tenant's entity ID", got: entityId });
}
