import { isDeepStrictEqual } from 'node:util';
import type { Difference, TrustConfiguration } from './connection-version';

/** The fields in which `after` differs from `before`, in a fixed order. */
export function trustDifference(
  before: TrustConfiguration | undefined,
  after: TrustConfiguration,
): readonly Difference[] {
  const [old, now] = [before ? fields(before) : new Map<string, unknown>(), fields(after)];
  return [...now.keys()]
    .filter((field) => !isDeepStrictEqual(old.get(field), now.get(field)))
    .map((field) => ({ field, ...value('before', old.get(field)), ...value('after', now.get(field)) }));
}

// Every field is named in every configuration, so the names of one serve for both.
function fields({ idp, metadataUrl, settings }: TrustConfiguration): ReadonlyMap<string, unknown> {
  const { attributes, ...ordinary } = settings;
  const certificates = idp.certificates.map(({ fingerprint }) => fingerprint);
  return new Map<string, unknown>([
    ...Object.entries({ ...idp, certificates }).map(([name, each]): [string, unknown] => [
      `idp.${name}`,
      each,
    ]),
    ['metadataUrl', metadataUrl],
    ...Object.entries(ordinary).map(([name, each]): [string, unknown] => [`settings.${name}`, each]),
    ...Object.entries(attributes).map(([name, each]): [string, unknown] => [`attributes.${name}`, each]),
  ]);
}

function value(name: 'before' | 'after', content: unknown): Partial<Difference> {
  return content === undefined ? {} : { [name]: content };
}
