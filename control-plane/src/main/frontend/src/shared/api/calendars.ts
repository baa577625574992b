export interface CalendarDay {
  date: string;
  kind: 'HOLIDAY' | 'MAKE_UP';
  name: string;
}

/** A year as it was imported. */
export interface CalendarVersion {
  id: string;
  year: number;
  version: number;
  fileName: string;
  /** The document that announced it. */
  basis: string;
  /** Why it was imported again; empty for the first version. */
  reason: string;
  importedBy: string;
  importedAt: string;
  holidays: number;
  makeUps: number;
  days: CalendarDay[];
}

export interface Calendars {
  items: CalendarVersion[];
  /** Years that should be there by now. */
  due: number[];
}
