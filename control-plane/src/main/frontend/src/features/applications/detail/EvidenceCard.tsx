import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Empty, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import { useMay, useRankingMonths } from '@/shared/api/queries';
import type { Application } from '@/shared/api/applications';
import type { NotRankedUnit, RankedUnit, Ranking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { useReason } from '@/shared/i18n/useReason';
import { Loaded } from '@/shared/ui/Loaded';
import { ApplicationStateTag, GradeTag } from '@/shared/ui/tags';
import { amountsLine } from '../amounts';

/** What a reviewer weighs an application by: how the unit uses what it has, and what was granted before. */
export function EvidenceCard({ application }: { application: Application }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Card title={t('evidence.title')}>
      {may('RANKING_READ') && <UnitUse application={application} />}
      <h4>{t('evidence.similar')}</h4>
      <Similar application={application} />
    </Card>
  );
}

/** The unit's measured use and its rank in the last ranking, in the pool that is asked for. */
function UnitUse({ application }: { application: Application }) {
  const { t } = useTranslation();
  const format = useFormat();
  const months = useRankingMonths();
  const month = months.data?.items[0]?.month;
  const ranking = useQuery({
    queryKey: ['rankings', month, 'SCORE', application.pool],
    queryFn: ({ signal }) =>
      api<Ranking>(`/rankings/${month ?? ''}`, {
        query: { board: 'SCORE', pool: application.pool },
        signal,
      }),
    enabled: month !== undefined,
  });
  if (months.isSuccess && month === undefined) {
    return <p className="faint">{t('ranking.noMonths')}</p>;
  }
  return (
    <>
      <h4>
        {t('evidence.use', {
          unit: application.unit.name,
          month: month ? format.month(month) : '',
          pool: format.pool(application.pool),
        })}
      </h4>
      <Loaded query={ranking} rows={2}>
        {(data) => (
          <UseOf
            ranking={data}
            ranked={data.ranked.find(({ unit }) => unit.id === application.unit.id)}
            notRanked={data.notRanked.find(({ unit }) => unit.id === application.unit.id)}
          />
        )}
      </Loaded>
    </>
  );
}

function UseOf({
  ranking,
  ranked,
  notRanked,
}: {
  ranking: Ranking;
  ranked: RankedUnit | undefined;
  notRanked: NotRankedUnit | undefined;
}) {
  const { t } = useTranslation();
  const why = useReason();
  const { number } = useFormat();
  if (!ranked) {
    return (
      <p>
        {notRanked
          ? t('evidence.notRanked', {
              reasons: notRanked.reasons
                .map((reason) => why('reason', reason, ranking.policy.evidence))
                .join(t('common.list')),
            })
          : t('evidence.nothing')}
      </p>
    );
  }
  const percent = (text: string) => `${text} %`;
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, md: 4 }}
      items={[
        {
          key: 'rank',
          label: t('ranking.rank'),
          children: (
            <Link to={`/rankings?month=${ranking.month}&pool=${ranking.pool}`}>
              {t('evidence.rankOf', {
                rank: number(ranked.rank),
                all: number(ranking.summary.ranked),
              })}
            </Link>
          ),
        },
        {
          key: 'score',
          label: t('ranking.score'),
          children: (
            <>
              {ranked.score} <GradeTag grade={ranked.grade} />
            </>
          ),
        },
        {
          key: 'cpu',
          label: t('ranking.cpu'),
          children: (
            <>
              {percent(ranked.cpu)} <Tag>{t(`ranking.band.${ranked.cpuBand}`)}</Tag>
            </>
          ),
        },
        {
          key: 'memory',
          label: t('ranking.memory'),
          children: (
            <>
              {percent(ranked.memory)} <Tag>{t(`ranking.band.${ranked.memoryBand}`)}</Tag>
            </>
          ),
        },
        { key: 'disk', label: t('ranking.disk'), children: percent(ranked.disk) },
        { key: 'p95', label: t('ranking.cpuP95'), children: percent(ranked.cpuP95) },
        { key: 'vcpu', label: t('ranking.vcpu'), children: number(ranked.vcpu) },
        { key: 'coverage', label: t('ranking.coverage'), children: percent(ranked.coverage) },
      ]}
    />
  );
}

function Similar({ application }: { application: Application }) {
  const { t } = useTranslation();
  const format = useFormat();
  const similar = useQuery({
    queryKey: ['/applications', application.id, 'similar'],
    queryFn: ({ signal }) =>
      api<{ items: Application[] }>(`/applications/${application.id}/similar`, { signal }),
  });
  return (
    <Loaded query={similar} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('evidence.noSimilar')} />
        ) : (
          <Table
            aria-label={t('evidence.similar')}
            size="small"
            rowKey="id"
            pagination={false}
            scroll={{ x: 900, y: 320 }}
            dataSource={items}
            columns={[
              {
                key: 'number',
                title: t('application.number'),
                width: 130,
                render: (_, row) => <Link to={`/applications/${row.id}`}>{row.number}</Link>,
              },
              {
                key: 'system',
                title: t('application.system'),
                render: (_, row) =>
                  row.system.id === application.system.id ? (
                    <>
                      {row.system.name} <Tag color="blue">{t('evidence.sameSystem')}</Tag>
                    </>
                  ) : (
                    row.system.name
                  ),
              },
              {
                key: 'asked',
                title: t('detail.requested'),
                render: (_, row) => amountsLine(row.requested?.amounts ?? row.amounts, format),
              },
              {
                key: 'granted',
                title: t('detail.grantedItems'),
                render: (_, row) =>
                  row.state === 'REJECTED' ? t('common.none') : amountsLine(row.amounts, format),
              },
              {
                key: 'state',
                title: t('application.stateLabel'),
                width: 110,
                render: (_, row) => <ApplicationStateTag state={row.state} />,
              },
              {
                key: 'decidedAt',
                title: t('application.decidedAt'),
                width: 150,
                render: (_, row) => format.time(row.decidedAt),
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}
