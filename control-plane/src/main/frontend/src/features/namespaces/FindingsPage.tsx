import { DownloadOutlined, ImportOutlined } from '@ant-design/icons';
import { Button, Card, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdoptDialog } from '@/features/adoptions/AdoptDialog';
import { AdoptionsCard } from '@/features/adoptions/AdoptionsCard';
import { ClusterSelect } from '@/features/clusters/ClusterSelect';
import { address } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import type { Finding } from '@/shared/api/namespaces';
import { useFormat } from '@/shared/format/useFormat';
import { FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { NamespaceText } from './NamespaceText';

const KINDS: Finding['kind'][] = ['ORPHAN', 'UNMANAGED'];

/** What is on the clusters and not in the register: left alone until somebody takes it over. */
export function FindingsPage() {
  const { t } = useTranslation();
  const list = useList<Finding>('/findings');
  const columns = useColumns();
  const may = useMay();
  const [adopting, setAdopting] = useState(false);
  return (
    <>
      <PageHead title={t('finding.title')}>
        <Button icon={<DownloadOutlined />} href={address('/findings/export', list.asked)}>
          {t('finding.export')}
        </Button>
        {may('ADOPT') && (
          <Button type="primary" icon={<ImportOutlined />} onClick={() => setAdopting(true)}>
            {t('finding.adopt')}
          </Button>
        )}
      </PageHead>
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('finding.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <ClusterSelect
            value={list.filters['cluster']}
            onChange={(cluster) => list.set({ cluster })}
          />
          <FilterSelect
            list={list}
            name="kind"
            label={t('finding.kindLabel')}
            width={190}
            options={KINDS.map((kind) => ({ value: kind, label: t(`finding.kind.${kind}`) }))}
          />
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={({ cluster, uid }) => `${cluster}/${uid}`}
          name={t('finding.title')}
        />
      </Card>
      <AdoptionsCard />
      {adopting && <AdoptDialog onClose={() => setAdopting(false)} />}
    </>
  );
}

function useColumns(): TableColumnsType<Finding> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'kind',
      title: t('finding.kindLabel'),
      width: 190,
      render: (_, { kind }) => (
        <Tag color={kind === 'ORPHAN' ? 'gold' : 'default'}>{t(`finding.kind.${kind}`)}</Tag>
      ),
    },
    {
      key: 'namespace',
      title: t('namespace.name'),
      render: (_, { cluster, namespace }) => (
        <NamespaceText cluster={cluster} namespace={namespace} />
      ),
    },
    {
      key: 'host',
      title: t('finding.host'),
      render: (_, { host, disk, hosts }) =>
        host ? (
          <span className="code">{host}</span>
        ) : disk ? (
          <span className="code">{t('finding.disk', { disk })}</span>
        ) : (
          <span className="faint">{t('finding.whole', { hosts })}</span>
        ),
    },
    {
      key: 'size',
      title: t('finding.size'),
      width: 170,
      align: 'right',
      render: (_, { vcpu, memoryBytes }) => (
        <span className="nowrap">
          {format.amount('cpuMillis', vcpu * 1000)} · {format.amount('memoryBytes', memoryBytes)}
        </span>
      ),
    },
    {
      key: 'since',
      title: t('finding.since'),
      width: 160,
      render: (_, { since }) => <span className="nowrap">{format.time(since)}</span>,
    },
  ];
}
