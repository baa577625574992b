import type { ImportCounts } from '@/shared/api/types';

/** The tables of an import, in the order in which one refers to another. */
export const TABLES = [
  'regions',
  'pools',
  'units',
  'contacts',
  'systems',
  'quotas',
] as const satisfies (keyof ImportCounts)[];

export function isTable(name: string): name is (typeof TABLES)[number] {
  return (TABLES as readonly string[]).includes(name);
}
