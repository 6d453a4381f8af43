const slowMs = 50;

/** Milliseconds of the processor since the process began, because a busy machine makes everything slow by the clock. */
export function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * What each vector takes of the processor: the least of three goes, because compiling and collecting garbage cost once.
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
  const begun = cpuMs();
  try {
    act();
  } catch {
    // What it answers is for the specs to judge.
  }
  return cpuMs() - begun;
}
