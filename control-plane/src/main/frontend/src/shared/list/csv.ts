/**
 * Comma-separated text for a spreadsheet (RFC 4180). The mark at its beginning lets Excel read Chinese
 * text; a leading `=`, `+`, `-` or `@` is defused, since a spreadsheet would compute it.
 */
export function csv(rows: Rows): Blob {
  return new Blob(['\uFEFF', csvText(rows)], { type: 'text/csv;charset=utf-8' });
}

export type Rows = (string | number | null)[][];

export function csvText(rows: Rows): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
