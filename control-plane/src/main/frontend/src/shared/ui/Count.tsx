import { Link } from 'react-router';

/** One figure that matters, perhaps leading to what it counts. */
export function Count({
  title,
  value,
  note,
  to,
}: {
  title: string;
  value: string;
  note?: string;
  to?: string;
}) {
  const content = (
    <>
      <span className="faint">{title}</span>
      <strong>{value}</strong>
      {note && <small>{note}</small>}
    </>
  );
  return to ? (
    <Link className="count" to={to}>
      {content}
    </Link>
  ) : (
    <div className="count">{content}</div>
  );
}
