import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

const longest = 32_000;
const base64url = /^[\w-]+$/;

/** What `navigator.credentials.get` gave, as an object or as text of a form; nothing where it is something else. */
export function parseAssertion(value: unknown): AuthenticationResponseJSON | undefined {
  const { id, response } = credentialOf(value);
  const clientDataJSON = octets(response, 'clientDataJSON');
  const authenticatorData = octets(response, 'authenticatorData');
  const signature = octets(response, 'signature');
  if (!id || !clientDataJSON || !authenticatorData || !signature) return undefined;
  const userHandle = octets(response, 'userHandle');
  const signed = { clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) };
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response: signed };
}

/** What `navigator.credentials.create` gave; nothing where it is something else. */
export function parseRegistration(value: unknown): RegistrationResponseJSON | undefined {
  const { id, response } = credentialOf(value);
  const clientDataJSON = octets(response, 'clientDataJSON');
  const attestationObject = octets(response, 'attestationObject');
  if (!id || !clientDataJSON || !attestationObject) return undefined;
  const made = { clientDataJSON, attestationObject, transports: transportsOf(response) };
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response: made };
}

function credentialOf(value: unknown): { readonly id: string | undefined; readonly response: unknown } {
  const credential = typeof value === 'string' ? parseJson(value) : value;
  const id = octets(credential, 'id');
  // Web Authentication 5.1: `id` is `rawId` as text.
  const same = id !== undefined && octets(credential, 'rawId') === id;
  return { id: same ? id : undefined, response: member(credential, 'response') };
}

function parseJson(text: string): unknown {
  try {
    return text.length > longest ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}

function octets(value: unknown, name: string): string | undefined {
  const text = member(value, name);
  return typeof text === 'string' && text.length <= longest && base64url.test(text) ? text : undefined;
}

function transportsOf(response: unknown): string[] {
  const listed = member(response, 'transports');
  if (!Array.isArray(listed)) return [];
  return listed
    .slice(0, 10)
    .filter((each): each is string => typeof each === 'string' && /^[a-z-]{1,20}$/.test(each));
}
