import type { Ref } from './types';

export type ExemptionKind = 'DISASTER_RECOVERY' | 'PROTECTION' | 'SEASONAL' | 'LICENCE';

export interface Exemption {
  id: string;
  host: Ref;
  unit: string;
  kind: ExemptionKind;
  reason: string;
  from: string;
  until: string;
  applicant: Ref;
  state: 'APPLIED' | 'APPROVED' | 'REJECTED';
  inForce: boolean;
  decidedBy: Ref | null;
  decisionReason: string | null;
  /** Before its last day: until when it still holds, by whom and why. */
  ended: { on: string; by: Ref; reason: string } | null;
}
