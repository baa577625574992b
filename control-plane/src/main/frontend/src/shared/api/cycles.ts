import type { ApplicationState } from './applications';

export const BUCKETS = [
  'DAYS_1_TO_3',
  'DAYS_4_TO_10',
  'DAYS_11_TO_30',
  'DAYS_31_TO_60',
  'OVER_60_DAYS',
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** What took too long, and where it lay longest. */
export interface OverdueDelivery {
  application: { id: string; number: string };
  purpose: string;
  unitName: string;
  submittedAt: string;
  /** Null: not yet. */
  deliveredAt: string | null;
  /** Working days. */
  days: number;
  longest: { state: ApplicationState; days: number } | null;
}

export interface DeliveryCycles {
  delivered: { bucket: Bucket; count: number }[];
  /** In so many working days a delivery is in time. */
  within: number;
  overdue: OverdueDelivery[];
  overdueCount: number;
  /** Years that are counted Monday to Friday. */
  missing: number[];
}
