import { describe, expect, it } from 'vitest';
import { instantOf } from '@/features/quota/node/moments';
import { changesOf, formOf } from '@/features/quota/node/limits';

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

  it('promise a pool what its capacity is', () => {
    expect(changesOf({ limits: [{ ceiling: 3 }] }, rows, true)).toEqual({
      cpuMillis: { guaranteed: 3000, ceiling: 3000 },
    });
  });
});

it('reads what was picked as the time of Beijing', () => {
  expect(instantOf({ format: () => '2026-11-25T08:00:00' })).toBe('2026-11-25T00:00:00.000Z');
});
