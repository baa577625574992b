import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Adoption } from '@/shared/api/adoptions';
import { api } from '@/shared/api/http';
import type { Page } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { AdoptionDetails } from './AdoptionDetails';

/** What was taken over, the latest first, and how far it is. */
export function AdoptionsCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const adoptions = useInfiniteQuery({
    queryKey: ['/adoptions'],
    queryFn: ({ signal, pageParam: cursor }) =>
      api<Page<Adoption>>('/adoptions', { query: { limit: 20, cursor }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Card title={t('adoption.history')}>
      <Loaded query={adoptions}>
        {({ pages }) => (
          <Table<Adoption>
            aria-label={t('adoption.history')}
            size="small"
            rowKey="id"
            dataSource={pages.flatMap(({ items }) => items)}
            pagination={false}
            expandable={{ expandedRowRender: (one) => <AdoptionDetails adoption={one} /> }}
            locale={{
              emptyText: (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('list.empty')} />
              ),
            }}
            columns={[
              { key: 'fileName', title: t('import.fileName'), render: (_, one) => one.fileName },
              { key: 'by', title: t('adoption.by'), render: (_, one) => one.adoptedBy.name },
              {
                key: 'at',
                title: t('adoption.at'),
                render: (_, one) => <span className="nowrap">{format.time(one.adoptedAt)}</span>,
              },
              {
                key: 'state',
                title: t('adoption.state'),
                render: (_, { namespaces }) => {
                  const done = namespaces.filter(({ doneAt }) => doneAt !== null).length;
                  return (
                    <Tag color={done === namespaces.length ? 'success' : 'processing'}>
                      {t('adoption.progress', { done, all: namespaces.length })}
                    </Tag>
                  );
                },
              },
            ]}
          />
        )}
      </Loaded>
      {adoptions.hasNextPage && (
        <Button
          type="link"
          loading={adoptions.isFetchingNextPage}
          onClick={() => void adoptions.fetchNextPage()}
        >
          {t('adoption.more')}
        </Button>
      )}
    </Card>
  );
}
