import { expect, it } from 'vitest';
import { lowest, top } from '@/features/ranking/ends';

const ranked = [1, 2, 3, 3, 3, 6, 7, 7, 9].map((rank, at) => ({ rank, at }));
const places = (of: typeof ranked) => of.map(({ at }) => at);

it.each([
  [2, [0, 1]],
  [3, [0, 1, 2, 3, 4]],
  [5, [0, 1, 2, 3, 4]],
  [20, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
])('takes in whoever ties with the %dth', (n, expected) => {
  expect(places(top(ranked, n))).toEqual(expected);
});

it.each([
  [1, [8]],
  [2, [6, 7, 8]],
  [5, [2, 3, 4, 5, 6, 7, 8]],
  [20, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
])('takes in whoever ties with the %dth from below', (n, expected) => {
  expect(places(lowest(ranked, n))).toEqual(expected);
});
