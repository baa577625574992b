import { useQuery } from '@tanstack/react-query';
import { Card, Select, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { systemQuery } from '@/features/register/systemQuery';
import type { Host, HostState } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { HostStateTag } from '@/shared/ui/tags';

const STATES: HostState[] = ['PROVISIONING', 'RUNNING', 'FAILED'];

export function HostsPage() {
  const { t } = useTranslation();
  const list = useList<Host>('/hosts');
  const columns = useColumns();
  const system = list.filters['system'];
  return (
    <>
      <PageHead title={t('host.title')} />
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('host.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <Select
            allowClear
            aria-label={t('host.stateLabel')}
            placeholder={t('host.stateLabel')}
            style={{ width: 150 }}
            value={list.filters['state'] ?? null}
            onChange={(state: string | null) => list.set({ state: state ?? undefined })}
            options={STATES.map((state) => ({ value: state, label: t(`host.state.${state}`) }))}
          />
          {system && <SystemFilter id={system} onClose={() => list.set({ system: undefined })} />}
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={(host) => host.id}
          name={t('host.title')}
          width={960}
        />
      </Card>
    </>
  );
}

function useColumns(): TableColumnsType<Host> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('host.name'),
      sorter: true,
      width: 160,
      render: (_, host) => <span className="code">{host.name}</span>,
    },
    {
      key: 'system',
      title: t('common.system'),
      render: (_, host) => (
        <>
          <Link to={`/systems/${host.system.id}`}>{host.system.name}</Link>
          <div className="faint">{host.unit.name}</div>
        </>
      ),
    },
    {
      key: 'pool',
      title: t('application.pool'),
      width: 122,
      render: (_, host) => format.pool(host.pool),
    },
    {
      key: 'spec',
      title: t('host.spec'),
      width: 134,
      render: (_, host) => (
        <span className="nowrap">
          {t('host.specText', {
            vcpu: format.exact('cpuMillis', host.vcpu * 1000),
            memory: format.exact('memoryBytes', host.memoryBytes),
          })}
          <div className="faint">
            {t('host.diskText', {
              disk: format.exact('storageBytes', host.diskBytes),
              storageClass: host.storageClass.toUpperCase(),
            })}
          </div>
        </span>
      ),
    },
    {
      key: 'placement',
      title: t('host.placement'),
      width: 160,
      render: (_, host) => (
        <>
          <div>{host.cluster}</div>
          <div className="faint code">{host.namespace}</div>
        </>
      ),
    },
    {
      key: 'state',
      title: t('host.stateLabel'),
      width: 92,
      render: (_, host) => (
        <>
          <HostStateTag state={host.state} />
          {host.state !== 'RUNNING' && host.reason && <div className="faint">{host.reason}</div>}
        </>
      ),
    },
    {
      key: 'deliveredAt',
      title: t('host.deliveredAt'),
      width: 142,
      render: (_, host) => <span className="nowrap">{format.time(host.deliveredAt)}</span>,
    },
  ];
}

function SystemFilter({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const system = useQuery(systemQuery(id));
  return (
    <Tag closable onClose={onClose} color="blue">
      {t('host.ofSystem', { name: system.data?.name ?? id })}
    </Tag>
  );
}
