import { Empty, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NotRankedUnit } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { useReason } from '@/shared/i18n/useReason';
import { UnitLink } from './UnitLink';
import type { Shown } from './VersionSelect';

/** Who has resources and no rank, each with every reason, and what was measured all the same. */
export function NotRankedTable({
  month,
  pool,
  policy,
  notRanked,
  version,
}: Pick<Shown, 'month' | 'pool' | 'policy' | 'notRanked' | 'version'>) {
  const { t } = useTranslation();
  const why = useReason();
  const { number, percent } = useFormat();
  return (
    <Table<NotRankedUnit>
      aria-label={t('ranking.notRanked')}
      size="small"
      rowKey={({ unit }) => unit.id}
      dataSource={notRanked}
      scroll={{ x: 960 }}
      pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{
        emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('list.empty')} />,
      }}
      columns={[
        {
          key: 'unit',
          title: t('ranking.unit'),
          width: 240,
          render: (_, { unit }) => (
            <UnitLink month={month} unit={unit} pool={pool} version={version} />
          ),
        },
        {
          key: 'reasons',
          title: t('ranking.reasons'),
          render: (_, { reasons }) => (
            <div style={{ display: 'flex', flexWrap: 'wrap', gap: 6 }}>
              {reasons.map((reason) => (
                <Tag key={reason}>{why('reason', reason, policy.evidence)}</Tag>
              ))}
            </div>
          ),
        },
        {
          key: 'hosts',
          title: t('ranking.measuredHosts'),
          width: 110,
          align: 'right',
          render: (_, unit) => `${number(unit.measuredHosts)} / ${number(unit.hosts)}`,
        },
        {
          key: 'vcpu',
          title: t('ranking.vcpu'),
          width: 110,
          align: 'right',
          render: (_, unit) => number(unit.vcpu),
        },
        {
          key: 'cpu',
          title: t('ranking.cpu'),
          width: 90,
          align: 'right',
          render: (_, unit) => percent(unit.cpu),
        },
        {
          key: 'memory',
          title: t('ranking.memory'),
          width: 90,
          align: 'right',
          render: (_, unit) => percent(unit.memory),
        },
        {
          key: 'coverage',
          title: t('ranking.coverage'),
          width: 130,
          align: 'right',
          render: (_, unit) => percent(unit.coverage),
        },
      ]}
    />
  );
}
