import { SlidersOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Breadcrumb, Button, Card, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { useMay } from '@/shared/api/queries';
import type { NodeOnPath } from '@/shared/api/quota';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useNodeName } from '../NodeName';
import { nodeQuery } from '../quotaQuery';
import { USUAL_RESOURCE } from '../ResourceSelect';
import { ChildrenTab } from './ChildrenTab';
import { HistoryTab } from './HistoryTab';
import { LeasesTab } from './LeasesTab';
import { LimitDialog } from './LimitDialog';
import { LocksTab } from './LocksTab';
import { RefusalsTab } from './RefusalsTab';
import { StandingTable } from './StandingTable';

/** One node of the quota tree: how it stands, what is below it, and its past. */
export function NodePage() {
  const { id = '' } = useParams();
  const node = useQuery(nodeQuery(id));
  return (
    <Loaded query={node} rows={10}>
      {(data) => <Detail key={id} data={data} />}
    </Loaded>
  );
}

function Detail({ data: { node, path } }: { data: NodeOnPath }) {
  const { t } = useTranslation();
  const may = useMay();
  const nameOf = useNodeName();
  const [limiting, setLimiting] = useState(false);
  const [search, setSearch] = useSearchParams();
  const codes = node.rows.map((row) => row.resource);
  const asked = search.get('resource') ?? USUAL_RESOURCE;
  const resource = codes.includes(asked) ? asked : (codes[0] ?? USUAL_RESOURCE);
  const tabs = [
    ...(node.children > 0
      ? [
          {
            key: 'children',
            label: t('quota.tab.children', { count: node.children }),
            children: <ChildrenTab node={node} resource={resource} />,
          },
        ]
      : []),
    {
      key: 'leases',
      label: t('quota.tab.leases'),
      children: <LeasesTab node={node} resource={resource} />,
    },
    {
      key: 'locks',
      label: t('quota.tab.locks'),
      children: <LocksTab node={node} resource={resource} />,
    },
    {
      key: 'history',
      label: t('quota.tab.history'),
      children: <HistoryTab node={node} resource={resource} />,
    },
    {
      key: 'refusals',
      label: t('quota.tab.refusals'),
      children: <RefusalsTab node={node} />,
    },
  ];
  const tab = tabs.find(({ key }) => key === search.get('tab'))?.key ?? tabs[0]?.key ?? '';
  return (
    <>
      {path.length > 1 && (
        <Breadcrumb
          style={{ marginBottom: 8 }}
          items={path.slice(0, -1).map((above) => ({
            key: above.node.id,
            title: <Link to={`/quota/${above.node.id}`}>{nameOf(above.node)}</Link>,
          }))}
        />
      )}
      <PageHead
        back={node.parent && path.length > 1 ? `/quota/${node.parent}` : '/quota'}
        title={nameOf(node.node)}
        note={t(`nodeKind.${node.node.kind}`)}
      >
        {node.unit && (
          <Link to={`/units/${node.unit}`}>
            <Button tabIndex={-1}>{t('quota.openUnit')}</Button>
          </Link>
        )}
        {node.system && (
          <Link to={`/systems/${node.system}`}>
            <Button tabIndex={-1}>{t('quota.openSystem')}</Button>
          </Link>
        )}
        {may('QUOTA_LIMIT') && (
          <Button type="primary" icon={<SlidersOutlined />} onClick={() => setLimiting(true)}>
            {t('quota.limit.open')}
          </Button>
        )}
      </PageHead>
      <div className="stack">
        <Card title={t('quota.standingTitle')}>
          <StandingTable
            node={node}
            selected={resource}
            onSelect={(code) =>
              setSearch(
                (before) => {
                  const after = new URLSearchParams(before);
                  after.set('resource', code);
                  return after;
                },
                { replace: true },
              )
            }
          />
        </Card>
        <Card>
          <Tabs
            destroyOnHidden
            activeKey={tab}
            onChange={(key) => setSearch({ tab: key, resource }, { replace: true })}
            items={tabs}
          />
        </Card>
      </div>
      {limiting && <LimitDialog data={{ node, path }} onClose={() => setLimiting(false)} />}
    </>
  );
}
