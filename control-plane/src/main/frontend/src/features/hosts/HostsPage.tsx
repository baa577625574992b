import { useQuery } from '@tanstack/react-query';
import { Card, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { Link } from 'react-router';
import { systemQuery } from '@/features/register/systemQuery';
import type { Host, HostPhase, HostState } from '@/shared/api/hosts';

import { useMay } from '@/shared/api/queries';
import { useHostChanges } from '@/shared/api/useChanges';
import { useFormat } from '@/shared/format/useFormat';
import { usePlatformReason } from '@/shared/i18n/usePlatformReason';
import { FilterCheckbox, FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { HostPhaseTag, HostStateTag } from '@/shared/ui/tags';
import { ApplyForButton } from './ApplyForButton';
import { HostsExport, StartButton } from './HostActions';
import { isOrderable } from './hostOrders';
import { RefusalText } from './RefusalText';
import { TermText } from './TermText';

const STATES: HostState[] = ['PROVISIONING', 'RUNNING', 'STOPPED', 'FAILED'];
const PHASES: HostPhase[] = [
  'PROVISIONING',
  'TRIAL',
  'IN_USE',
  'CHANGING',
  'EXPIRING',
  'FROZEN',
  'STOPPED',
  'RECYCLE_BIN',
  'DESTROYING',
  'DESTROYED',
];

export function HostsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList<Host>('/hosts');
  const [chosen, setChosen] = useState<Host[]>([]);
  useHostChanges();
  const columns = useColumns();
  const system = list.filters['system'];
  return (
    <>
      <PageHead title={t('host.title')}>
        <ApplyForButton
          hosts={chosen.filter((host) => isOrderable(host))}
          text={t('host.applySelected', {
            count: chosen.filter((host) => isOrderable(host)).length,
          })}
        />
        {may('HOST_OPERATE') && (
          <StartButton
            chosen={chosen.filter(isStartable).map(({ id }) => id)}
            onDone={() => setChosen([])}
          />
        )}
        <HostsExport list={list} />
      </PageHead>
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('host.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <FilterSelect
            list={list}
            name="phase"
            label={t('host.lifeLabel')}
            options={PHASES.map((phase) => ({ value: phase, label: t(`host.phase.${phase}`) }))}
          />
          <FilterSelect
            list={list}
            name="state"
            label={t('host.observedLabel')}
            options={STATES.map((state) => ({ value: state, label: t(`host.state.${state}`) }))}
          />
          <FilterCheckbox list={list} name="expiring">
            {t('host.expiring')}
          </FilterCheckbox>
          {system && <SystemFilter id={system} onClose={() => list.set({ system: undefined })} />}
        </div>
        <ListTable<Host>
          list={list}
          columns={columns}
          rowKey={(host) => host.id}
          name={t('host.title')}
          {...((may('HOST_OPERATE') || may('APPLICATION_SUBMIT')) && {
            rowSelection: {
              // Chosen on one page, and kept on the next: what expires can be many.
              preserveSelectedRowKeys: true,
              selectedRowKeys: chosen.map(({ id }) => id),
              onChange: (_, hosts) => setChosen(hosts),
              getCheckboxProps: (host) => ({ disabled: !isStartable(host) && !isOrderable(host) }),
            },
          })}
        />
      </Card>
    </>
  );
}

function isStartable(host: Host): boolean {
  return host.commands.includes('START');
}

function useColumns(): TableColumnsType<Host> {
  const { t } = useTranslation();
  const format = useFormat();
  const words = usePlatformReason();
  return [
    {
      key: 'name',
      title: t('host.name'),
      sorter: true,
      width: 150,
      render: (_, host) => (
        <>
          <Link className="code" to={`/hosts/${host.id}`}>
            {host.name}
          </Link>
          <div className="faint code">{host.addresses.join(', ')}</div>
        </>
      ),
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
      width: 150,
      render: (_, host) => (
        <>
          <div>{format.pool(host.pool)}</div>
          <div className="faint">{host.cluster}</div>
          <div className="faint code">{host.namespace}</div>
        </>
      ),
    },
    {
      key: 'life',
      title: t('host.lifeLabel'),
      width: 124,
      render: (_, host) => (
        <>
          <HostPhaseTag phase={host.phase} />
          <div>
            <HostStateTag state={host.state} />
          </div>
          {host.state !== 'RUNNING' && host.state !== 'STOPPED' && host.reason && (
            <div className="faint">{words(host.reason)}</div>
          )}
          {host.refusal && (
            <div className="faint">
              <RefusalText refusal={host.refusal} />
            </div>
          )}
        </>
      ),
    },
    {
      key: 'endsAt',
      title: t('host.endsAt'),
      sorter: true,
      width: 132,
      render: (_, host) => <TermText term={host.term} />,
    },
    {
      key: 'deliveredAt',
      title: t('host.deliveredAt'),
      width: 130,
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
