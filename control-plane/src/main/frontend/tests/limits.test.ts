import { describe, expect, it } from 'vitest';
import { changesOf, formOf, nothingOf } from '@/features/quota/node/limits';
import { promisedOf } from '@/features/quota/node/promised';

const GIB = 2 ** 30;
const rows = [
  { resource: 'cpuMillis', guaranteed: 1500, ceiling: 2000 },
  { resource: 'memoryBytes', guaranteed: GIB, ceiling: null },
];

describe('new limits', () => {
  it('are typed in what people count in, and sent in base units', () => {
    expect(formOf(rows).limits).toEqual([
      { guaranteed: 1.5, ceiling: 2 },
      { guaranteed: 1, ceiling: null },
    ]);
    expect(changesOf({ limits: [{ guaranteed: 1.5, ceiling: 4 }] }, rows, false)).toEqual({
      cpuMillis: { guaranteed: 1500, ceiling: 4000 },
    });
  });

  it('are only those that were changed', () => {
    expect(changesOf(formOf(rows), rows, false)).toEqual({});
    expect(changesOf({}, rows, false)).toEqual({});
  });

  it('are given in a resource that the node had none in', () => {
    const added = [...rows, nothingOf('gpus/t4')];
    const fields = formOf(added).limits;
    expect(changesOf({ limits: fields }, added, false)).toEqual({});
    fields[2] = { guaranteed: 2, ceiling: 4 };
    expect(changesOf({ limits: fields }, added, false)).toEqual({
      'gpus/t4': { guaranteed: 2, ceiling: 4 },
    });
  });

  it('promise a pool what its capacity is', () => {
    expect(changesOf({ limits: [{ ceiling: 3 }] }, rows, true)).toEqual({
      cpuMillis: { guaranteed: 3000, ceiling: 3000 },
    });
  });
});

it('tells what is left and promised to others from what anybody finds free', () => {
  const row = { ...nothingOf('hosts'), ceiling: 100, granted: 20, locked: 10, free: 25 };
  expect(promisedOf(row)).toBe(45);
  expect(promisedOf({ ...row, ceiling: null, free: null })).toBe(0);
});
