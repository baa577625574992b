import { useQuery } from '@tanstack/react-query';
import { Button, Card, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { PriceBook, PriceDisk, PricePackage } from '@/shared/api/prices';
import { useMay } from '@/shared/api/queries';
import { useKnown } from '@/shared/i18n/useKnown';
import { DecideButtons } from '@/shared/ui/DecideButtons';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { PriceBookDialog } from './PriceBookDialog';

const STATE = { PROPOSED: 'blue', APPROVED: 'green', REJECTED: 'red' } as const;

/** What hosts cost, over time: proposed by one, approved by another. */
export function PriceBooksPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [proposing, setProposing] = useState(false);
  const query = useQuery({
    queryKey: ['/price-books'],
    queryFn: ({ signal }) => api<{ items: PriceBook[] }>('/price-books', { signal }),
  });
  const newest = query.data?.items.find(({ state }) => state === 'APPROVED');
  return (
    <>
      <PageHead title={t('price.title')} note={t('price.note')}>
        {may('PRICE_PROPOSE') && (
          <Button type="primary" onClick={() => setProposing(true)}>
            {t('price.propose')}
          </Button>
        )}
      </PageHead>
      <Card>
        <Loaded query={query}>
          {({ items }) => (
            <Table<PriceBook>
              aria-label={t('price.title')}
              rowKey="id"
              dataSource={items}
              pagination={false}
              scroll={{ x: 900 }}
              locale={{ emptyText: t('list.empty') }}
              expandable={{ expandedRowRender: (book) => <Prices book={book} /> }}
              columns={[
                {
                  key: 'id',
                  title: t('price.id'),
                  width: 160,
                  render: (_, { id }) => <span className="code">{id}</span>,
                },
                {
                  key: 'from',
                  title: t('price.effectiveFrom'),
                  width: 120,
                  render: (_, { effectiveFrom }) => <span className="nowrap">{effectiveFrom}</span>,
                },
                { key: 'basis', title: t('price.basis'), render: (_, { basis }) => basis },
                {
                  key: 'packages',
                  title: t('price.packages'),
                  width: 130,
                  render: (_, { packages, disks }) => (
                    <>
                      <div>{t('price.sizes', { count: packages.length })}</div>
                      {disks.length > 0 && (
                        <div className="faint">{t('price.classes', { count: disks.length })}</div>
                      )}
                    </>
                  ),
                },
                {
                  key: 'proposedBy',
                  title: t('price.proposedBy'),
                  width: 110,
                  render: (_, { proposedBy }) => proposedBy.name,
                },
                {
                  key: 'decidedBy',
                  title: t('price.decidedBy'),
                  width: 110,
                  render: (_, { decidedBy }) => decidedBy?.name ?? t('common.none'),
                },
                {
                  key: 'state',
                  title: t('price.stateLabel'),
                  width: 140,
                  render: (_, { state, inForce }) => (
                    <>
                      <Tag color={STATE[state]}>{t(`price.state.${state}`)}</Tag>
                      {inForce && <Tag color="gold">{t('price.inForce')}</Tag>}
                    </>
                  ),
                },
                {
                  key: 'decide',
                  title: '',
                  width: 150,
                  render: (_, book) => (
                    <DecideButtons
                      path={`/price-books/${book.id}`}
                      open={book.state === 'PROPOSED'}
                      author={book.proposedBy.id}
                      needs="PRICE_APPROVE"
                      approve={t('price.approve')}
                      reject={t('price.reject')}
                    />
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
      {proposing && <PriceBookDialog start={newest} onClose={() => setProposing(false)} />}
    </>
  );
}

function Prices({ book: { packages, disks } }: { book: PriceBook }) {
  return (
    <div className="stack">
      <Packages packages={packages} />
      {disks.length > 0 && <Disks disks={disks} />}
    </div>
  );
}

function Disks({ disks }: { disks: PriceDisk[] }) {
  const { t } = useTranslation();
  const known = useKnown();
  return (
    <Table<PriceDisk>
      size="small"
      aria-label={t('price.disks')}
      rowKey={({ storageClass }) => storageClass}
      dataSource={disks}
      pagination={false}
      columns={[
        {
          key: 'class',
          title: t('price.storageClass'),
          render: (_, { storageClass }) => known(`storageClass.${storageClass}`, storageClass),
        },
        {
          key: 'price',
          title: t('price.perGibMonth'),
          align: 'right',
          render: (_, { yuanPerGibMonth }) => yuanPerGibMonth,
        },
      ]}
    />
  );
}

function Packages({ packages }: { packages: PricePackage[] }) {
  const { t } = useTranslation();
  return (
    <Table<PricePackage>
      size="small"
      aria-label={t('price.packages')}
      rowKey={({ vcpu, memoryGib }) => `${vcpu}C${memoryGib}G`}
      dataSource={packages}
      pagination={false}
      columns={[
        {
          key: 'size',
          title: t('price.size'),
          render: (_, { vcpu, memoryGib }) => `${vcpu}C${memoryGib}G`,
        },
        {
          key: 'price',
          title: t('price.perMonth'),
          align: 'right',
          render: (_, { yuanPerMonth }) => yuanPerMonth,
        },
      ]}
    />
  );
}
