import { Turns } from './turns';

/** Work that goes on until it is told to end, and what of it is under way. */
function aDesk() {
  const underWay: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => async () => {
    underWay.push(name);
    await new Promise<void>((end) => ends.push(end));
    underWay.splice(underWay.indexOf(name), 1);
    return name;
  };
  const endFirst = async () => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  return { underWay, work, endFirst };
}

const limits = { together: 3, each: 2, waiting: 1 };

describe('turns', () => {
  it('leave room for others beside whoever asks for much [SCM-6]', async () => {
    const turns = new Turns(limits);
    const { underWay, work, endFirst } = aDesk();
    const all = ['a1', 'a2', 'a3', 'b1', 'c1'].map((name) => turns.take(name[0] ?? '', work(name)));
    expect(underWay).toEqual(['a1', 'a2', 'b1']);
    await expect(turns.take('a', work('a4'))).resolves.toBeUndefined();
    await endFirst();
    expect(underWay).toEqual(['a2', 'b1', 'a3']);
    for (let left = 0; left < 4; left++) await endFirst();
    expect((await Promise.all(all)).map((each) => each?.done)).toEqual(['a1', 'a2', 'a3', 'b1', 'c1']);
  });

  it('come back from whoever failed', async () => {
    const turns = new Turns({ together: 1, each: 1, waiting: 1 });
    await expect(turns.take('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.take('b', () => Promise.resolve('b'))).resolves.toEqual({ done: 'b' });
  });
});
