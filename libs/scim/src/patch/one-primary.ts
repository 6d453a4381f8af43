import { withPart } from '../content/place';
import { isJsonObject, type Json } from '../json';
import { ScimError } from '../scim-error';

/** RFC 7644 3.5.2: who becomes primary takes it from the one before. Two that become it at once are one too many. */
export function withOnePrimary(
  before: readonly Json[],
  after: readonly Json[],
  name: string,
): readonly Json[] {
  const primaries = after.filter(isPrimary);
  if (primaries.length < 2) return after;
  const fresh = primaries.filter((value) => !before.includes(value));
  if (fresh.length !== 1)
    throw new ScimError(
      400,
      `Of the values of ${name}, one is primary at most. Send one with primary true.`,
      'invalidValue',
    );
  return after.map((value) =>
    isJsonObject(value) && isPrimary(value) && value !== fresh[0] ? withPart(value, 'primary', false) : value,
  );
}

function isPrimary(value: Json): boolean {
  return isJsonObject(value) && value['primary'] === true;
}
