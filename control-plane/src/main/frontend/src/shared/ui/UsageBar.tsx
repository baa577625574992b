import type { ReactNode } from 'react';

export interface Part {
  amount: number;
  color: string;
}

/** A bar of what of a whole is taken, and by what; says the same in words to screen readers. */
export function UsageBar({
  title,
  figure,
  words,
  whole,
  parts,
}: {
  title: ReactNode;
  figure: ReactNode;
  words: string;
  whole: number;
  parts: Part[];
}) {
  const taken = parts.reduce((sum, part) => sum + Math.max(0, part.amount), 0);
  // What is promised beyond the whole must not run out of the picture.
  const scale = Math.max(whole, taken, 1);
  return (
    <div>
      <div className="bar-head">
        <span>{title}</span>
        <span className="faint">{figure}</span>
      </div>
      <div className="bar-track" role="img" aria-label={words}>
        {parts
          .filter((part) => part.amount > 0)
          .map((part) => (
            <span
              key={part.color}
              style={{
                width: `${((100 * part.amount) / scale).toFixed(3)}%`,
                minWidth: 3,
                background: part.color,
              }}
            />
          ))}
      </div>
    </div>
  );
}

export function Legend({ entries }: { entries: { text: string; color: string }[] }) {
  return (
    <div className="bar-legend" aria-hidden>
      {entries.map(({ text, color }) => (
        <span key={text}>
          <i style={{ background: color }} />
          {text}
        </span>
      ))}
    </div>
  );
}
