import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { SizeText } from '@/features/verdicts/SizeText';
import { api } from '@/shared/api/http';
import { useMay, useProtectionPeriods } from '@/shared/api/queries';
import type { Reclaim } from '@/shared/api/reclaims';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { ReclaimCommands } from './ReclaimCommands';
import { ReclaimHistory } from './ReclaimHistory';
import { ReclaimItems } from './ReclaimItems';
import { ReclaimStateTag } from './ReclaimStateTag';

const WATCHING = 3_000;

export function ReclaimPage() {
  const { id = '' } = useParams();
  const reclaim = useQuery({
    queryKey: ['/reclaims', id],
    queryFn: ({ signal }) => api<Reclaim>(`/reclaims/${id}`, { signal }),
    // While its hosts are dealt with, the page follows without being asked.
    refetchInterval: (query) => (query.state.data?.state === 'EXECUTING' ? WATCHING : false),
  });
  return (
    <Loaded query={reclaim} rows={10}>
      {(data) => <Detail reclaim={data} />}
    </Loaded>
  );
}

function Detail({ reclaim }: { reclaim: Reclaim }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = useKnown();
  const may = useMay();
  const [chosen, setChosen] = useState<number[]>([]);
  const { sums } = reclaim;
  const basics = [
    {
      key: 'unit',
      label: t('application.unit'),
      children: <Link to={`/units/${reclaim.unit.id}`}>{reclaim.unit.name}</Link>,
    },
    { key: 'proposedBy', label: t('reclaim.proposedBy'), children: reclaim.proposedBy.name },
    {
      key: 'proposedAt',
      label: t('reclaim.proposedAt'),
      children: format.time(reclaim.proposedAt),
    },
    { key: 'noticedAt', label: t('reclaim.noticedAt'), children: format.time(reclaim.noticedAt) },
    {
      key: 'extendedUntil',
      label: t('reclaim.extendedUntil'),
      children: reclaim.extendedUntil ?? t('common.none'),
    },
    {
      key: 'hosts',
      label: t('reclaim.hosts'),
      children: t('reclaim.hostsText', {
        hosts: sums.hosts,
        done: sums.done,
        failed: sums.failed,
        skipped: sums.skipped,
      }),
    },
    {
      key: 'planned',
      label: t('reclaim.plannedFree'),
      children: <SizeText size={sums.planned} />,
    },
    { key: 'actual', label: t('reclaim.actualFree'), children: <SizeText size={sums.actual} /> },
    {
      key: 'basis',
      label: t('reclaim.basis'),
      span: 'filled' as const,
      children: reclaim.basis,
    },
  ];
  return (
    <>
      <PageHead
        back="/reclaims"
        title={reclaim.number}
        note={<ReclaimStateTag state={reclaim.state} />}
      >
        <ReclaimCommands reclaim={reclaim} chosen={chosen} onDone={() => setChosen([])} />
      </PageHead>
      <div className="stack">
        {reclaim.state === 'EXECUTING' && <WaitsForProtection />}
        {reclaim.state === 'NOTICED' && <Alert type="info" showIcon title={t('reclaim.silence')} />}
        <Card title={t('reclaim.basics')}>
          <Descriptions size="small" column={{ xs: 1, md: 3 }} items={basics} />
        </Card>
        <Card title={t('reclaim.items')}>
          <ReclaimItems reclaim={reclaim} chosen={chosen} onChoose={setChosen} />
          {reclaim.leftOut.length > 0 && (
            <>
              <h4>{t('reclaim.leftOut')}</h4>
              <ul className="rows">
                {reclaim.leftOut.map(({ host, name, reason }) => (
                  <li key={host}>
                    <Link className="code" to={`/hosts/${host}`}>
                      {name}
                    </Link>{' '}
                    <span className="faint">{known(`reclaim.reason.${reason}`, reason)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Card>
        <Card
          title={t('detail.timeline')}
          extra={
            may('AUDIT_READ') && <Link to={`/audit?q=${reclaim.id}`}>{t('detail.inAudit')}</Link>
          }
        >
          <ReclaimHistory steps={reclaim.steps} />
        </Card>
      </div>
    </>
  );
}

/** Within a protection period no other host is begun with. */
function WaitsForProtection() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useProtectionPeriods();
  const on = data?.items.find(({ standing }) => standing === 'ON');
  return (
    on && (
      <Alert
        type="warning"
        showIcon
        title={t('reclaim.protected', { name: on.name, until: format.time(on.until) })}
      />
    )
  );
}
