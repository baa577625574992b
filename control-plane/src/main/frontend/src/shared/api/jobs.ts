/** What runs by itself. */
export interface Job {
  name: string;
  /** In seconds; null: it has set times. */
  every: number | null;
  /** Quartz's expression, in Asia/Shanghai; null: it runs again and again. */
  cron: string | null;
  last: {
    started: string;
    ended: string;
    failed: boolean;
    /** How much it did; of one that failed, why. */
    result: string;
  } | null;
  next: string | null;
  running: boolean;
}
