import { useQuery } from '@tanstack/react-query';
import { Button, Space, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ViewTable } from '@/features/ranking/ViewTable';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import type { VersionOfPolicy } from '@/shared/api/policies';
import { DecideButtons } from '@/shared/ui/DecideButtons';
import { Loaded } from '@/shared/ui/Loaded';
import { inForce, type PolicyKind } from './numbers';
import { PolicyNumbers } from './PolicyNumbers';
import { ProposeDialog } from './ProposeDialog';

const STATE = { PROPOSED: 'blue', APPROVED: 'green', REJECTED: 'red' } as const;

/** The versions of a policy: proposed by one, tried if it can be, approved by another. */
export function PolicyVersions({
  kind,
  name,
  trial,
}: {
  kind: PolicyKind;
  name: string;
  /** What a version would come to, where that can be told. */
  trial?: (id: string, onClose: () => void) => ReactNode;
}) {
  const { t } = useTranslation();
  const may = useMay();
  const [proposing, setProposing] = useState(false);
  const [tried, setTried] = useState<string>();
  const query = useQuery({
    queryKey: [kind.path],
    queryFn: ({ signal }) => api<{ items: VersionOfPolicy[] }>(kind.path, { signal }),
  });
  const newest = query.data?.items.find(({ state }) => state === 'APPROVED');
  return (
    <>
      {may('POLICY_PROPOSE') && newest && (
        <div className="filters">
          <Button type="primary" onClick={() => setProposing(true)}>
            {t('policy.propose')}
          </Button>
        </div>
      )}
      <Loaded query={query}>
        {({ items }) => {
          const current = inForce(items, new Date());
          return (
            <ViewTable
              name={name}
              rows={items}
              rowKey={({ id }) => id}
              expand={(x) => <PolicyNumbers kind={kind} version={x} current={current} />}
              columns={[
                {
                  key: 'id',
                  title: t('policy.id'),
                  width: 130,
                  render: (x) => <span className="code">{x.id}</span>,
                },
                {
                  key: 'from',
                  title: t('policy.effectiveFrom'),
                  width: 120,
                  render: (x) => <span className="nowrap">{x.effectiveFrom}</span>,
                },
                { key: 'basis', title: t('policy.basis'), width: 240, render: (x) => x.basis },
                {
                  key: 'proposedBy',
                  title: t('policy.proposedBy'),
                  width: 100,
                  render: (x) => x.proposedBy?.name ?? t('common.platform'),
                },
                {
                  key: 'approvedBy',
                  title: t('policy.approvedBy'),
                  width: 100,
                  render: (x) => x.approvedBy ?? t('common.none'),
                },
                {
                  key: 'state',
                  title: t('policy.stateLabel'),
                  width: 130,
                  render: (x) => (
                    <>
                      <Tag color={STATE[x.state]}>{t(`policy.state.${x.state}`)}</Tag>
                      {x.id === current?.id && <Tag color="cyan">{t('policy.inForce')}</Tag>}
                    </>
                  ),
                },
                {
                  key: 'actions',
                  title: '',
                  width: 200,
                  render: (x) => (
                    <Actions path={kind.path} version={x} onTry={trial && (() => setTried(x.id))} />
                  ),
                },
              ]}
            />
          );
        }}
      </Loaded>
      {proposing && newest && (
        <ProposeDialog kind={kind} start={newest} onClose={() => setProposing(false)} />
      )}
      {tried && trial?.(tried, () => setTried(undefined))}
    </>
  );
}

function Actions({
  path,
  version,
  onTry,
}: {
  path: string;
  version: VersionOfPolicy;
  onTry: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Space wrap>
      {onTry && may('POLICY_PROPOSE') && (
        <Button type="link" onClick={onTry}>
          {t('policy.try')}
        </Button>
      )}
      <DecideButtons
        path={`${path}/${version.id}`}
        open={version.state === 'PROPOSED'}
        author={version.proposedBy?.id}
        needs="POLICY_APPROVE"
        approve={t('policy.approve')}
        reject={t('policy.reject')}
      />
    </Space>
  );
}
