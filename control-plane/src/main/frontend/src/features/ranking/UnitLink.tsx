import { Link } from 'react-router';
import { useMe } from '@/shared/api/queries';
import type { UnitCode } from '@/shared/api/ranking';

/**
 * A unit's name; for whoever may see its hosts a link to what its figures are made of, in the same
 * scope and version.
 */
export function UnitLink({
  month,
  unit,
  pool = 'all',
  version = '',
}: {
  month: string;
  unit: UnitCode;
  pool?: string;
  version?: string;
}) {
  const me = useMe();
  const sees = me.data !== undefined && (me.data.unit === null || me.data.unit.id === unit.id);
  const search = new URLSearchParams({
    ...(pool === 'all' ? {} : { pool }),
    ...(version === '' ? {} : { version }),
  }).toString();
  return sees ? (
    <Link to={`/rankings/${month}/units/${unit.id}${search && `?${search}`}`}>{unit.name}</Link>
  ) : (
    unit.name
  );
}
