import { clipText } from '../shared/clip';
import type { DomainCheck, ProofKind } from './domain';
import type { ProofReading } from './domain-proof';

const mostShown = 10;

/** What is kept of a look: what stood there is anybody's text, of any length. `before` counts faults in a row. */
export function describeCheck(
  reading: ProofReading,
  by: ProofKind,
  at: Date,
  before?: DomainCheck,
): DomainCheck {
  const { outcome } = reading;
  const found = reading.found.slice(0, mostShown).map((value) => clipText(value));
  const looked = { at, by, outcome, found };
  if (outcome === 'found') return looked;
  const { code } = reading.refusal;
  if (outcome !== 'unavailable') return { ...looked, code };
  return { ...looked, code, faults: (before?.faults ?? 0) + 1 };
}
