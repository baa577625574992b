import { Link } from 'react-router';
import { useMe } from '@/shared/api/queries';
import type { UnitCode } from '@/shared/api/ranking';

/** A unit's name; for whoever may see its hosts a link to what its figures are made of. */
export function UnitLink({ month, unit }: { month: string; unit: UnitCode }) {
  const me = useMe();
  const sees = me.data !== undefined && (me.data.unit === null || me.data.unit.id === unit.id);
  return sees ? <Link to={`/rankings/${month}/units/${unit.id}`}>{unit.name}</Link> : unit.name;
}
