const slowMs = 50;

/**
 * How long each vector takes: the shortest of three goes, because a busy machine makes anything slow once.
 * Answers with the slowest one and all that are over 50 ms, which are worth a look.
 */
export function timeVectors(vectors, verify) {
  const times = vectors.map(({ name, request }) => ({ name, ms: shortest(() => verify(request)) }));
  const sorted = times.sort((one, other) => other.ms - one.ms);
  return { count: vectors.length, slowest: sorted[0], slow: sorted.filter(({ ms }) => ms > slowMs) };
}

function shortest(act) {
  return Math.min(...[1, 2, 3].map(() => taken(act)));
}

function taken(act) {
  const begun = performance.now();
  try {
    act();
  } catch {
    // What it answers is for the specs to judge.
  }
  return performance.now() - begun;
}
