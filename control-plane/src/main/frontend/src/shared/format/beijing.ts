/*
 * Beijing keeps one time without summer; offices read and write it whatever the browser has.
 */

const OFFSET_HOURS = 8;
const OFFSET = '+08:00';

/** The instant of a moment there, written as `2026-11-27T10:30` or with seconds. */
export function instantAt(moment: string): string {
  return new Date(`${moment}${OFFSET}`).toISOString();
}

/** The instant of what a date picker holds: only how it is written matters. */
export function instantOf(picked: { format: (template: string) => string }): string {
  return instantAt(picked.format('YYYY-MM-DDTHH:mm:ss'));
}

/** When a day, written as `2026-11-27`, begins there, or one so many days after it. */
export function startOfDay(day: string, later = 0): string {
  const start = new Date(`${day}T00:00:00${OFFSET}`);
  return new Date(start.getTime() + later * 86_400_000).toISOString();
}

/** How an instant is written there, to the second and without the offset. */
export function momentOf(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_HOURS * 3_600_000).toISOString().slice(0, 19);
}
