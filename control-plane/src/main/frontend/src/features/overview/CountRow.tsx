import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Query } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import type { Page, Permission } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { Count } from '@/shared/ui/Count';

interface Counted {
  text:
    | 'overview.counts.inbox'
    | 'overview.counts.mine'
    | 'overview.counts.inReview'
    | 'overview.counts.delivering'
    | 'overview.counts.toConfirm'
    | 'overview.counts.units'
    | 'overview.counts.systems'
    | 'overview.counts.hosts';
  path: string;
  query: Query;
  needs: Permission;
}

const APPROVER: Counted[] = [
  {
    text: 'overview.counts.inbox',
    path: '/applications/inbox',
    query: {},
    needs: 'APPLICATION_DECIDE',
  },
  {
    text: 'overview.counts.delivering',
    path: '/applications',
    query: { state: 'DELIVERING' },
    needs: 'APPLICATION_EXECUTE',
  },
];

const APPLICANT: Counted[] = [
  {
    text: 'overview.counts.mine',
    path: '/applications',
    query: { mine: true },
    needs: 'APPLICATION_SUBMIT',
  },
  {
    text: 'overview.counts.inReview',
    path: '/applications',
    query: { state: 'DEPT_REVIEW,TECH_REVIEW,EXPERT_REVIEW,BUREAU_APPROVAL' },
    needs: 'APPLICATION_SUBMIT',
  },
  {
    text: 'overview.counts.toConfirm',
    path: '/applications',
    query: { state: 'DELIVERED' },
    needs: 'APPLICATION_ENDORSE',
  },
];

const REGISTER: Counted[] = [
  { text: 'overview.counts.units', path: '/units', query: {}, needs: 'REGISTER_READ' },
  { text: 'overview.counts.systems', path: '/systems', query: {}, needs: 'REGISTER_READ' },
  { text: 'overview.counts.hosts', path: '/hosts', query: {}, needs: 'HOST_READ' },
];

/** Where what is counted is listed, where that is elsewhere. */
const LISTS: Record<string, string> = { '/applications/inbox': '/applications?inbox=true' };

/** How much of everything there is, each leading to its list. */
export function CountRow() {
  const { t } = useTranslation();
  const { number } = useFormat();
  const may = useMay();
  const counted = [...APPROVER, ...APPLICANT, ...REGISTER].filter(({ needs }) => may(needs));
  const totals = useQueries({
    queries: counted.map(({ path, query }) => ({
      queryKey: [path, 'total', query],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api<Page<unknown>>(path, { query: { ...query, limit: 1 }, signal }),
    })),
  });
  return (
    <div className="counts">
      {counted.map(({ text, path, query }, index) => {
        const page = totals[index]?.data;
        const search = new URLSearchParams(
          Object.entries(query).map(([name, value]) => [name, String(value)]),
        ).toString();
        return (
          <Count
            key={text}
            title={t(text)}
            value={page ? number(page.total) + (page.atLeast ? '+' : '') : t('common.none')}
            to={LISTS[path] ?? (search ? `${path}?${search}` : path)}
          />
        );
      })}
    </div>
  );
}
