/** A run that has not ended. */
export interface JobProgress {
  since: string;
  seen: string;
  /** Its process is gone. */
  died: boolean;
  /** What it does to what; null: it does not say. */
  step: string | null;
  of: string | null;
  /** Steps done, of all. */
  done: number | null;
  all: number | null;
}

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
  /** How far a run has come that has not ended. */
  progress: JobProgress | null;
}
