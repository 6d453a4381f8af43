import { isDeepStrictEqual } from 'node:util';
import type { Connection, ConnectionSettings, IdpDescription, TrustSettings } from './connection';
import type { TrustConfiguration } from './connection-version';

export type SettingsChange = {
  readonly [Name in keyof ConnectionSettings]?: ConnectionSettings[Name] | undefined;
};

/** What an IT admin gives of a connection; the rest keeps its value or its default. */
export interface ConnectionChange {
  readonly label?: string | undefined;
  readonly idp?: IdpDescription | undefined;
  /** Where `idp` came from, if from an address. */
  readonly metadataUrl?: string | undefined;
  readonly spEntityIdAliases?: readonly string[] | undefined;
  readonly settings?: SettingsChange | undefined;
  /** The revision that the caller has seen; a change of a later one is refused. */
  readonly revision?: number | undefined;
}

/** Whether a change may concern the part that has versions. */
export function touchesTrust({ idp, settings = {} }: ConnectionChange): boolean {
  const { signaturePolicy, requireEncryptedAssertions, attributes } = settings;
  return [idp, signaturePolicy, requireEncryptedAssertions, attributes].some((each) => each !== undefined);
}

/** The connection with what applies at once; its trust is left alone. */
export function withOrdinary(connection: Connection, change: ConnectionChange): Connection {
  const { settings: before } = connection;
  const wanted = change.settings ?? {};
  return {
    ...connection,
    label: change.label ?? connection.label,
    spEntityIdAliases: change.spEntityIdAliases ?? connection.spEntityIdAliases,
    settings: {
      ...trustSettings(before),
      jit: wanted.jit ?? before.jit,
      autoJoin: wanted.autoJoin ?? before.autoJoin,
      defaultRole: wanted.defaultRole ?? before.defaultRole,
      groupRoles: wanted.groupRoles ?? before.groupRoles,
      signRequests: wanted.signRequests ?? before.signRequests,
      requestBinding: wanted.requestBinding ?? before.requestBinding,
      nameIdFormat: wanted.nameIdFormat ?? before.nameIdFormat,
      requestedAuthnContext: wanted.requestedAuthnContext ?? before.requestedAuthnContext,
      forceAuthn: wanted.forceAuthn ?? before.forceAuthn,
      idpInitiated: wanted.idpInitiated ?? before.idpInitiated,
      idpInitiatedApplication: wanted.idpInitiatedApplication ?? before.idpInitiatedApplication,
      expiredCertificates: wanted.expiredCertificates ?? before.expiredCertificates,
      metadataCertificates: wanted.metadataCertificates ?? before.metadataCertificates,
      clockSkewSeconds: wanted.clockSkewSeconds ?? before.clockSkewSeconds,
    },
  };
}

/** The settings of a draft, of which no trust exists yet that could have versions. */
export function withTrustSettings(connection: Connection, change: ConnectionChange): Connection {
  const settings = { ...connection.settings, ...changedTrustSettings(connection.settings, change) };
  return { ...connection, settings };
}

/** The trust that `change` asks for, seen from `base`; undefined where it names no identity provider and none is known. */
export function wantedTrust(
  base: TrustConfiguration | undefined,
  settings: ConnectionSettings,
  change: ConnectionChange,
): TrustConfiguration | undefined {
  const source = change.idp ? sourceOf(change.idp, change.metadataUrl) : base;
  if (!source) return undefined;
  return { ...source, settings: changedTrustSettings(base?.settings ?? settings, change) };
}

export function sameTrust(
  one: TrustConfiguration | undefined,
  other: TrustConfiguration | undefined,
): boolean {
  return isDeepStrictEqual(one, other);
}

// A description that was typed in does not come from the address that an earlier one was fetched from.
function sourceOf(idp: IdpDescription, metadataUrl: string | undefined) {
  return { idp, ...(metadataUrl === undefined ? {} : { metadataUrl }) };
}

function changedTrustSettings(before: TrustSettings, { settings = {} }: ConnectionChange): TrustSettings {
  return {
    signaturePolicy: settings.signaturePolicy ?? before.signaturePolicy,
    requireEncryptedAssertions: settings.requireEncryptedAssertions ?? before.requireEncryptedAssertions,
    attributes: settings.attributes ?? before.attributes,
  };
}

function trustSettings({
  signaturePolicy,
  requireEncryptedAssertions,
  attributes,
}: TrustSettings): TrustSettings {
  return { signaturePolicy, requireEncryptedAssertions, attributes };
}
