import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { InstantRule, InstantRules } from '@/shared/api/instant';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { ProposeDialog } from './ProposeDialog';
import { RuleDrawer } from './RuleDrawer';

export function RulesTab() {
  const { t } = useTranslation();
  const [proposing, setProposing] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['/instant-rules'],
    queryFn: ({ signal }) => api<InstantRules>('/instant-rules', { signal }),
  });
  return (
    <Loaded query={query}>
      {({ items, inForce, facts }) => {
        const rule = items.find(({ id }) => id === opened);
        return (
          <div className="stack">
            {inForce === null && <Alert type="info" showIcon title={t('instant.noneInForce')} />}
            <div>
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setProposing(true)}>
                {t('instant.propose')}
              </Button>
            </div>
            {items.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('instant.noRules')} />
            ) : (
              <Rules items={items} open={setOpened} />
            )}
            {proposing && (
              <ProposeDialog
                latest={items[0]}
                facts={facts}
                close={() => setProposing(false)}
                proposed={setOpened}
              />
            )}
            {rule && <RuleDrawer rule={rule} close={() => setOpened(null)} />}
          </div>
        );
      }}
    </Loaded>
  );
}

function Rules({ items, open }: { items: InstantRule[]; open: (id: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table<InstantRule>
      aria-label={t('instant.rules')}
      size="middle"
      rowKey="id"
      pagination={false}
      scroll={{ x: 900 }}
      dataSource={items}
      columns={[
        {
          key: 'number',
          title: t('instant.version'),
          width: 90,
          render: (_, { id, number }) => (
            <Button type="link" size="small" onClick={() => open(id)}>
              {t('instant.numbered', { number })}
            </Button>
          ),
        },
        {
          key: 'state',
          title: t('instant.state'),
          width: 120,
          render: (_, rule) => <StateTag rule={rule} />,
        },
        { key: 'basis', title: t('instant.basis'), render: (_, { basis }) => basis },
        {
          key: 'limits',
          title: t('instant.limits'),
          render: (_, rule) => <Limits rule={rule} />,
        },
        {
          key: 'author',
          title: t('instant.author'),
          render: (_, { author, proposedAt }) => (
            <>
              {author.name}
              <div className="faint nowrap">{format.time(proposedAt)}</div>
            </>
          ),
        },
        {
          key: 'approval',
          title: t('instant.approver'),
          render: (_, { approval }) =>
            approval && (
              <>
                {approval.by.name}
                <div className="faint nowrap">
                  {t('instant.from', { time: format.time(approval.inForceFrom) })}
                </div>
              </>
            ),
        },
      ]}
    />
  );
}

export function StateTag({ rule }: { rule: InstantRule }) {
  const { t } = useTranslation();
  if (rule.inForce) {
    return <Tag color="green">{t('instant.inForce')}</Tag>;
  }
  return rule.approval ? (
    <Tag>{t('instant.approved')}</Tag>
  ) : (
    <Tag color="gold">{t('instant.proposed')}</Tag>
  );
}

export function Limits({
  rule,
}: {
  rule: { vcpu: number; memoryGib: number; storageGib: number };
}) {
  const format = useFormat();
  return (
    <span className="nowrap">
      {format.amount('cpuMillis', rule.vcpu * 1000)} · {format.gib(rule.memoryGib)} ·{' '}
      {format.gib(rule.storageGib)}
    </span>
  );
}
