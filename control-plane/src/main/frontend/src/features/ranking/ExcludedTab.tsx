import { useQuery } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import type { HostShare } from '@/shared/api/ranking';
import { Loaded } from '@/shared/ui/Loaded';
import { HostShares } from './HostShares';

/** Hosts that are neither measured nor missed, each with its reason. */
export function ExcludedTab({ month }: { month: string }) {
  const query = useQuery({
    queryKey: ['rankings', month, 'excluded'],
    queryFn: ({ signal }) =>
      api<{ items: HostShare[] }>(`/rankings/${month}/excluded-hosts`, { signal }),
  });
  return <Loaded query={query}>{({ items }) => <HostShares month={month} hosts={items} />}</Loaded>;
}
