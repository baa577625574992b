import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HourOfUnit, UseOfHost } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { useList } from '@/shared/list/useList';

const HOUR_MS = 3_600_000;

/** A unit's hours, the highest first: which of them is its 95th percentile, and which its peak. */
export function UnitHours({ month, unit }: { month: string; unit: string }) {
  const { t } = useTranslation();
  const { number, percent, time } = useFormat();
  // Scope and version stand in the page's address.
  const list = useList<HourOfUnit>(`/rankings/${month}/units/${unit}/hours`, {
    sort: '-percent',
    view: ['tab', 'pool', 'version', 'system'],
  });
  const hours = (of: UseOfHost, key: keyof UseOfHost) => number(Number(of[key]) / HOUR_MS);
  return (
    <>
      <p className="faint">{t('ranking.unitHoursNote')}</p>
      <ListTable
        list={list}
        name={t('ranking.unitHours')}
        rowKey={({ hour }) => hour}
        width={720}
        columns={[
          {
            key: 'hour',
            title: t('ranking.hour'),
            sorter: true,
            render: (_, x) => time(x.hour),
          },
          {
            key: 'percent',
            title: t('ranking.hourPercent'),
            sorter: true,
            align: 'right',
            render: (_, x) => (
              <span className="nowrap">
                {x.p95 && <Tag color="blue">{t('ranking.isP95')}</Tag>}
                {x.peak && <Tag color="red">{t('ranking.isPeak')}</Tag>}
                {percent(x.percent)}
              </span>
            ),
          },
          {
            key: 'used',
            title: t('ranking.hourUsed'),
            align: 'right',
            render: (_, x) => hours(x.cpu, 'used'),
          },
          {
            key: 'of',
            title: t('ranking.hourOf'),
            align: 'right',
            render: (_, x) => hours(x.cpu, 'of'),
          },
          {
            key: 'hosts',
            title: t('ranking.hourHosts'),
            align: 'right',
            render: (_, x) => number(x.hosts),
          },
        ]}
      />
    </>
  );
}
