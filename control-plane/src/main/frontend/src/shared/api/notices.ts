export interface Notice {
  id: string;
  kind: string;
  title: string;
  text: string;
  /** The page of the console that it is about. */
  link: string;
  at: string;
  readAt: string | null;
}

export interface NoticeSettings {
  mail: boolean;
  /** Empty: the address that the register has. */
  email: string;
  language: 'ZH' | 'EN';
}

export const DISPATCH_STATES = ['WAITING', 'SENT', 'GIVEN_UP'] as const;
export type DispatchState = (typeof DISPATCH_STATES)[number];

/** What came of sending a notice by mail or webhook. */
export interface Dispatch {
  notice: string;
  kind: string;
  recipient: string;
  channel: string;
  state: DispatchState;
  attempts: number;
  at: string;
  dueAt: string;
  failure: string | null;
  endedAt: string | null;
}
