import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { palette } from '@/app/theme';
import { api } from '@/shared/api/http';
import type {
  NamespaceMeasure,
  NamespaceUsage,
  NamespaceUsageDay,
  NamespaceUsages,
} from '@/shared/api/namespaces';
import { useFormat } from '@/shared/format/useFormat';
import { ExportMenu } from '@/shared/list/ExportMenu';
import { Loaded } from '@/shared/ui/Loaded';
import { UsageBar } from '@/shared/ui/UsageBar';
import { NamespaceText } from './NamespaceText';

/** What the containers in a system's namespaces used of what they were granted. */
export function NamespaceUseCard({ system }: { system: string }) {
  const { t } = useTranslation();
  const usage = useQuery({
    queryKey: ['/systems', system, 'namespaces', 'usage'],
    queryFn: ({ signal }) =>
      api<NamespaceUsages>(`/systems/${system}/namespaces/usage`, { signal }),
  });
  return (
    <Card
      title={t('namespace.use.title')}
      extra={
        <ExportMenu
          path={`/systems/${system}/namespaces/usage/export`}
          query={{}}
          name={t('namespace.use.exportName')}
          disabled={!usage.data?.items.length}
        />
      }
    >
      <Loaded query={usage}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('namespace.use.empty')} />
          ) : (
            <>
              <p className="faint">{t('namespace.use.note')}</p>
              <Uses items={items} />
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

function Uses({ items }: { items: NamespaceUsage[] }) {
  const { t } = useTranslation();
  return (
    <Table<NamespaceUsage>
      aria-label={t('namespace.use.title')}
      size="small"
      rowKey={({ cluster, namespace }) => `${cluster}/${namespace}`}
      pagination={false}
      scroll={{ x: 900 }}
      dataSource={items}
      expandable={{
        rowExpandable: ({ days }) => days.length > 0,
        expandedRowRender: ({ days }) => <Days days={days} />,
      }}
      columns={[
        {
          key: 'namespace',
          title: t('namespace.name'),
          render: (_, { cluster, namespace }) => (
            <NamespaceText cluster={cluster} namespace={namespace} />
          ),
        },
        {
          key: 'measured',
          title: t('namespace.use.measured'),
          width: 210,
          render: (_, use) => <Measured use={use} />,
        },
        {
          key: 'cpu',
          title: t('resource.cpuMillis'),
          width: 210,
          render: (_, { cpu }) => (
            <Measure name={t('resource.cpuMillis')} resource="cpuMillis" measure={cpu} />
          ),
        },
        {
          key: 'memory',
          title: t('resource.memoryBytes'),
          width: 210,
          render: (_, { memory }) => (
            <Measure name={t('resource.memoryBytes')} resource="memoryBytes" measure={memory} />
          ),
        },
        {
          key: 'storage',
          title: t('verdict.diskShort'),
          width: 210,
          render: (_, { storage, claimsBytes }) => (
            <Storage measure={storage} claimsBytes={claimsBytes} />
          ),
        },
      ]}
    />
  );
}

/** Of how much of the time anything is known, and what of it was set apart. */
function Measured({
  use: { hours, grantedHours, coverage, samples, setApart },
}: {
  use: NamespaceUsage;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <div>
        {t('namespace.use.hours', {
          hours: format.number(hours),
          granted: format.number(grantedHours),
        })}
      </div>
      <div className="faint">{t('namespace.use.coverage', { coverage })}</div>
      <div className="faint">{t('namespace.use.samples', { samples: format.number(samples) })}</div>
      {setApart > 0 && (
        <div>{t('namespace.use.setApart', { samples: format.number(setApart) })}</div>
      )}
    </>
  );
}

function Measure({
  name,
  resource,
  measure,
}: {
  name: string;
  resource: string;
  measure: NamespaceMeasure | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (measure === null) {
    return <span className="faint">{t('verdict.notMeasured')}</span>;
  }
  const mean = format.amount(resource, measure.mean);
  const granted = format.amount(resource, measure.granted);
  const percent = format.percent(measure.percent);
  return (
    <>
      <UsageBar
        title={t('namespace.use.meanOf', { mean, granted })}
        figure={percent}
        words={t('namespace.use.bar', {
          resource: name,
          mean,
          granted,
          percent,
        })}
        whole={measure.granted}
        parts={[{ amount: measure.mean, color: palette.committed }]}
      />
      <div className="faint">
        {t('namespace.use.range', {
          min: format.amount(resource, measure.min),
          max: format.amount(resource, measure.max),
        })}
      </div>
    </>
  );
}

function Storage({
  measure,
  claimsBytes,
}: {
  measure: NamespaceMeasure | null;
  claimsBytes: number | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Measure name={t('verdict.diskShort')} resource="storageBytes" measure={measure} />
      {claimsBytes !== null && (
        <div className="faint">
          {t('namespace.use.claims', { amount: format.amount('storageBytes', claimsBytes) })}
        </div>
      )}
    </>
  );
}

/** The latest first. */
function Days({ days }: { days: NamespaceUsageDay[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table<NamespaceUsageDay>
      aria-label={t('namespace.use.days')}
      size="small"
      rowKey="day"
      pagination={false}
      dataSource={[...days].reverse()}
      columns={[
        { key: 'day', title: t('namespace.use.day'), render: (_, { day }) => day },
        {
          key: 'hours',
          title: t('namespace.use.dayHours'),
          align: 'right',
          render: (_, { hours }) => format.number(hours),
        },
        {
          key: 'cpu',
          title: t('resource.cpuMillis'),
          align: 'right',
          render: (_, { cpu }) => format.percent(cpu),
        },
        {
          key: 'memory',
          title: t('resource.memoryBytes'),
          align: 'right',
          render: (_, { memory }) => format.percent(memory),
        },
      ]}
    />
  );
}
