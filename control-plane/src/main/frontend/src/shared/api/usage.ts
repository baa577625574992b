/** A file of measured use that was taken in. */
export interface UsageImport {
  id: string;
  fileName: string;
  /** SHA-256 of the file, in hexadecimal digits. */
  digest: string;
  importedBy: { id: string; name: string };
  importedAt: string;
  /** The first of its hours. */
  from: string;
  /** The end of the last. */
  to: string;
  hosts: number;
  /** Of hosts. */
  hours: number;
  /** Of five minutes, those that count. */
  samples: number;
  /** Over 105 % of the capacity. */
  quarantined: number;
  /** Hours of frozen months, which change no figure before a restatement. */
  aside: number;
}

/** Where measured use is read. */
export interface UsageSource {
  name: string;
  /** Every closed hour before it was read; null: it was never read. */
  readTo: string | null;
}

/** Hours that are read once more. */
export interface UsageReading {
  id: string;
  source: string;
  from: string;
  to: string;
  /** Null: it is done each day. */
  askedBy: { id: string; name: string } | null;
  askedAt: string;
  /** What was read already ends here. */
  readTo: string;
  /** Of hosts, so many were read. */
  hours: number;
  /** So many of them came out otherwise than when they were read before. */
  changed: number;
  done: boolean;
}
