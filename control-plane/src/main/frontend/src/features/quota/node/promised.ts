import type { QuotaNodeRow } from '@/shared/api/quota';

/**
 * How much of what is neither granted nor locked at a node is promised to those below it: an order
 * of somebody else meets only what is free beside that.
 */
export const promisedOf = ({ ceiling, granted, locked, free }: QuotaNodeRow) =>
  ceiling === null ? 0 : Math.max(0, ceiling - granted - locked - (free ?? 0));
