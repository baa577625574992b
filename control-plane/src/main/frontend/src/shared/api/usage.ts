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
