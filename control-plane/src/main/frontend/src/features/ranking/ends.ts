import type { Board, RankedUnit } from '@/shared/api/ranking';

/** The exact decimal a board is about. */
export function valueOf(unit: RankedUnit, board: Board): string {
  switch (board) {
    case 'SCORE':
      return unit.score;
    case 'CPU':
      return unit.cpu;
    case 'MEMORY':
      return unit.memory;
  }
}

/** The first of a board, which is in order; whoever ties with the n-th is among them. */
export function top<T extends { rank: number }>(ranked: T[], n: number): T[] {
  return ranked.filter(({ rank }) => rank <= n);
}

/** The last of a board in its order; whoever ties with the n-th from below is among them. */
export function lowest<T extends { rank: number }>(ranked: T[], n: number): T[] {
  const first = ranked.at(-n)?.rank ?? 0;
  return ranked.filter(({ rank }) => rank >= first);
}
