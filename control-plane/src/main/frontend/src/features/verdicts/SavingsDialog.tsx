import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Column, ViewTable } from '@/features/ranking/ViewTable';
import { api } from '@/shared/api/http';
import type { Saving, Savings } from '@/shared/api/reclaims';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { SizeText } from './SizeText';

/** What all hosts of the right size would save: by pool, and by unit. */
export function SavingsDialog({
  unit,
  onClose,
}: {
  unit: string | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { number, pool, exact } = useFormat();
  const query = useQuery({
    queryKey: ['verdicts', 'savings', unit ?? ''],
    queryFn: ({ signal }) =>
      api<Savings>('/verdicts/savings', { query: unit ? { unit } : {}, signal }),
  });
  const columns: Column<Saving>[] = [
    { key: 'pool', title: t('ranking.pool'), render: (x) => pool(x.pool) },
    { key: 'hosts', title: t('ranking.hosts'), figure: true, render: (x) => number(x.hosts) },
    { key: 'frees', title: t('verdict.saves'), render: (x) => <SizeText size={x} /> },
    {
      key: 'disks',
      title: t('verdict.savesDisks'),
      figure: true,
      width: 120,
      render: (x) => exact('storageBytes', x.diskBytes),
    },
    {
      key: 'yuan',
      title: t('verdict.savesMoney'),
      figure: true,
      width: 170,
      render: (x) => (
        <>
          {t('verdict.savesYuan', { yuan: x.yuanPerMonth })}
          {x.unpriced > 0 && (
            <div className="faint">{t('verdict.unpricedHosts', { hosts: number(x.unpriced) })}</div>
          )}
          {x.unpricedDisks > 0 && (
            <div className="faint">
              {t('verdict.unpricedDisks', { hosts: number(x.unpricedDisks) })}
            </div>
          )}
        </>
      ),
    },
  ];
  return (
    <Modal open width={940} title={t('verdict.savings')} footer={null} onCancel={onClose}>
      <Loaded query={query} rows={8}>
        {({ pools, units }) => (
          <div className="stack">
            <ViewTable
              name={t('verdict.savingsOfPools')}
              rows={pools}
              rowKey={(x) => x.pool}
              columns={columns}
            />
            <ViewTable
              name={t('verdict.savingsOfUnits')}
              rows={units}
              rowKey={(x) => `${x.unit}/${x.pool}`}
              columns={[
                {
                  key: 'unit',
                  title: t('ranking.unit'),
                  render: (x) => x.unitName ?? t('common.none'),
                },
                ...columns,
              ]}
            />
          </div>
        )}
      </Loaded>
    </Modal>
  );
}
