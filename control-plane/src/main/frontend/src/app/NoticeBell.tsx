import { BellOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';

const KEY = ['/notices', 'unread'];

/** How many notices were not read, as they come. */
export function NoticeBell() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api<{ count: number }>('/notices/unread', { signal }),
    // What the stream of events misses, this finds.
    refetchInterval: 60_000,
  });
  useEffect(() => {
    if (typeof EventSource === 'undefined') {
      return undefined;
    }
    const source = new EventSource('/api/v1/events');
    source.addEventListener('notice', () => {
      void queries.invalidateQueries({ queryKey: ['/notices'] });
    });
    return () => source.close();
  }, [queries]);
  const count = data?.count ?? 0;
  return (
    <Link to="/notices" aria-label={t('notice.bell', { count })}>
      <Badge count={count} size="small" overflowCount={99}>
        <Button type="text" icon={<BellOutlined />} tabIndex={-1} aria-hidden />
      </Badge>
    </Link>
  );
}
