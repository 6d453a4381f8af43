import type { TenantKey } from '../config.ts';
import { isObject, type JsonObject, numberIn, textIn, textsIn } from '../json.ts';
import { SsoError } from '../sso-error.ts';

const signInMethods = ['saml', 'oidc', 'password', 'passkey'] as const;

/** How a person proved who they are. */
export type SignInMethod = (typeof signInMethods)[number];

/** A person as a member of the session's tenant. */
export interface SsoUser {
  /** The same in every tenant, for ever: key your own user table by it, never by the e-mail address. */
  readonly id: string;
  readonly memberId?: string | undefined;
  readonly email: string;
  readonly name?: string | undefined;
  readonly givenName?: string | undefined;
  readonly familyName?: string | undefined;
  readonly role: string;
  readonly groups: readonly string[];
  /** What the tenant passes on of its directory, by the names it chose, such as `costCentre`; empty as a rule. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

export interface SsoTenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Your own identifier of this tenant, if you gave one. */
  readonly externalId?: string | undefined;
}

/** Who is signed in, to which tenant, how, and until when. Counts for this one tenant only. */
export interface SsoSession {
  readonly id: string;
  /** The session at Gatehouse that this one comes of, and ends with. */
  readonly sid: string;
  readonly user: SsoUser;
  readonly tenant: SsoTenant;
  readonly via: SignInMethod;
  /** The connection that the person came through; absent after a password. */
  readonly connection?: string | undefined;
  readonly amr: readonly string[];
  /** Seconds since 1970: when the person last proved who they are at the identity provider, perhaps days ago. */
  readonly authTime: number;
  /** Seconds since 1970; at most 24 hours after the sign-in to your application. */
  readonly sessionExpiresAt: number;
  /** What your `onSignIn` returned. */
  readonly userId?: string | undefined;
  /** Kept to name the session at sign-out. */
  readonly idToken?: string | undefined;
}

/** Checks the shape of a session, whether it comes from an ID token or out of a cookie. */
export function parseSession(value: unknown): SsoSession {
  const session = objectOf(value, 'session');
  return {
    id: required(textIn(session, 'id'), 'id'),
    sid: required(textIn(session, 'sid'), 'sid'),
    user: parseUser(objectOf(session['user'], 'user')),
    tenant: parseTenant(objectOf(session['tenant'], 'tenant')),
    via: parseMethod(session['via']),
    connection: textIn(session, 'connection'),
    amr: textsIn(session, 'amr') ?? [],
    authTime: required(numberIn(session, 'authTime'), 'auth_time'),
    sessionExpiresAt: required(numberIn(session, 'sessionExpiresAt'), 'session_expires_at'),
    userId: textIn(session, 'userId'),
    idToken: textIn(session, 'idToken'),
  };
}

function parseUser(user: JsonObject): SsoUser {
  return {
    id: required(textIn(user, 'id'), 'sub'),
    memberId: textIn(user, 'memberId'),
    email: required(textIn(user, 'email'), 'email'),
    name: textIn(user, 'name'),
    givenName: textIn(user, 'givenName'),
    familyName: textIn(user, 'familyName'),
    role: required(textIn(user, 'role'), 'role'),
    groups: textsIn(user, 'groups') ?? [],
    attributes: parseAttributes(user['attributes']),
  };
}

function parseAttributes(value: unknown): SsoUser['attributes'] {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.keys(value).map((name) => [name, textsIn(value, name) ?? []]));
}

function parseTenant(tenant: JsonObject): SsoTenant {
  return {
    id: required(textIn(tenant, 'id'), 'tenant.id'),
    slug: required(textIn(tenant, 'slug'), 'tenant.slug'),
    name: required(textIn(tenant, 'name'), 'tenant.name'),
    externalId: textIn(tenant, 'externalId') ?? textIn(tenant, 'external_id'),
  };
}

function parseMethod(value: unknown): SignInMethod {
  const known = signInMethods.find((method) => method === value);
  if (known !== undefined) return known;
  throw missing('via');
}

function objectOf(value: unknown, name: string): JsonObject {
  if (isObject(value)) return value;
  throw missing(name);
}

function required<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  throw missing(name);
}

function missing(name: string): SsoError {
  return new SsoError('token_invalid', `The token does not carry "${name}" in the form expected.`, {
    httpStatus: 401,
  });
}

/**
 * Whether `asked` names this tenant. Only one kind of name counts (besides the identifier): a slug that
 * somebody chose equal to another tenant's external identifier must not open that tenant.
 */
export function isTenant(tenant: SsoTenant, asked: string, key: TenantKey): boolean {
  if (asked.startsWith('ten_')) return tenant.id === asked;
  return (key === 'slug' ? tenant.slug : tenant.externalId) === asked;
}
