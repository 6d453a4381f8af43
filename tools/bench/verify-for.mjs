// One round of one contender, in a process of its own: prints verifications per second of CPU.
import { readFileSync } from 'node:fs';

const [module, responsesFile, seconds] = process.argv.slice(2);
const { contender } = await import(module);
const { responses, ...given } = JSON.parse(readFileSync(responsesFile, 'utf8'));
const verify = contender(given);

/** @returns {Promise<number>} how many were verified; one that is not accepted ends the bench */
async function run(forSeconds) {
  const until = performance.now() + forSeconds * 1000;
  let count = 0;
  while (performance.now() < until) {
    const { samlResponse, subject } = responses[count % responses.length];
    const found = await verify(samlResponse);
    if (found !== subject) throw new Error(`${subject} was verified as ${found}`);
    count += 1;
  }
  return count;
}

await run(Math.min(2, Number(seconds)));
const before = process.cpuUsage();
const count = await run(Number(seconds));
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ perCpuSecond: (count * 1e6) / (user + system) }));
