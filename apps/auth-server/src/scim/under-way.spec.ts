import { directoryId, SystemChance } from '@gatehouse/core';
import { mostUnderWay, UnderWay } from './under-way';

const chance = new SystemChance();
const aDirectory = () => directoryId.create(new Date(), chance);

it('leaves room for other directories, also where a client hangs up on what it began [SCM-1]', async () => {
  const underWay = new UnderWay();
  const [hasty, other] = [aDirectory(), aDirectory()];
  const ends: (() => void)[] = [];
  const begun = Array.from({ length: mostUnderWay }, () =>
    underWay.run(hasty, () => new Promise<void>((end) => ends.push(end))),
  );
  const refused = { code: 'rate_limited', details: { seconds: 1 } };
  await expect(underWay.run(hasty, () => Promise.resolve())).rejects.toMatchObject(refused);
  await expect(underWay.run(other, () => Promise.resolve('done'))).resolves.toBe('done');
  ends.forEach((end) => end());
  await Promise.all(begun);
  await expect(underWay.run(hasty, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(underWay.run(hasty, () => Promise.resolve('done'))).resolves.toBe('done');
});
