import type { ApplicationState } from './applications';

export const BUCKETS = [
  'DAYS_1_TO_3',
  'DAYS_4_TO_10',
  'DAYS_11_TO_30',
  'DAYS_31_TO_60',
  'OVER_60_DAYS',
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** How long one application took, and where it lay longest. */
export interface DeliveryCycle {
  application: { id: string; number: string };
  purpose: string;
  unitName: string;
  state: ApplicationState;
  submittedAt: string;
  /** Null: not yet. */
  deliveredAt: string | null;
  /** Working days. */
  days: number;
  overdue: boolean;
  longest: { state: ApplicationState; days: number } | null;
}

/** What was delivered, and what is on its way: the states that it can be in. */
export const CYCLE_STATES: ApplicationState[] = [
  'DEPT_REVIEW',
  'TECH_REVIEW',
  'EXPERT_REVIEW',
  'BUREAU_APPROVAL',
  'AUTO_APPROVED',
  'APPROVED',
  'DELIVERING',
  'PARTIAL',
  'DELIVERED',
  'CLOSED',
  'RETURNED',
];

export interface DeliveryCycles {
  delivered: { bucket: Bucket; count: number }[];
  /** In so many working days a delivery is in time. */
  within: number;
  overdueCount: number;
  /** Years that are counted Monday to Friday. */
  missing: number[];
}
