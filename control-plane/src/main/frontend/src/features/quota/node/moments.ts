/** What a date picker holds: only how it is written matters here. */
interface Picked {
  format: (template: string) => string;
}

/** What was picked is read as the time of Beijing, as everything is shown, wherever the browser is. */
export function instantOf(picked: Picked): string {
  return new Date(`${picked.format('YYYY-MM-DDTHH:mm:ss')}+08:00`).toISOString();
}
