import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMe } from '@/shared/api/queries';
import type { UnitCode } from '@/shared/api/ranking';

/**
 * A unit's name, or a figure of it; for whoever may see its hosts a link to what it is made of, in
 * the same scope and version.
 */
export function UnitLink({
  month,
  unit,
  pool = 'all',
  version = '',
  tab = '',
  system = '',
  children = unit.name,
}: {
  month: string;
  unit: Pick<UnitCode, 'id' | 'name'>;
  pool?: string;
  version?: string;
  /** Which of the lists; empty: the hosts. */
  tab?: string;
  /** Only this one's hosts; empty: all. */
  system?: string;
  children?: ReactNode;
}) {
  const me = useMe();
  const sees = me.data !== undefined && (me.data.unit === null || me.data.unit.id === unit.id);
  const search = new URLSearchParams({
    ...(pool === 'all' ? {} : { pool }),
    ...(version === '' ? {} : { version }),
    ...(tab === '' ? {} : { tab }),
    ...(system === '' ? {} : { system }),
  }).toString();
  return sees ? (
    <Link to={`/rankings/${month}/units/${unit.id}${search && `?${search}`}`}>{children}</Link>
  ) : (
    children
  );
}
