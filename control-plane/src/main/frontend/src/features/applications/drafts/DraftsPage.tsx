import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Popconfirm, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { systemQuery } from '@/features/register/systemQuery';
import { api } from '@/shared/api/http';
import { useMe } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { amountsLine, amountsOf } from '../amounts';
import { addressOf, itemsOf, nameOf, type ServerDraft } from '../apply/draft';
import { draftsQuery } from '../apply/draftsQuery';
import { dropLocal, listLocal } from '../apply/localDraft';

/** What the unit's people are writing: anybody of them can go on with it. */
export function DraftsPage() {
  const { t } = useTranslation();
  const drafts = useQuery(draftsQuery);
  return (
    <>
      <PageHead back="/applications" title={t('draft.listTitle')}>
        <Link to="/applications/new">
          <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
            {t('application.new')}
          </Button>
        </Link>
      </PageHead>
      <div className="stack">
        <OnlyHere />
        <Card>
          <Loaded query={drafts} rows={4}>
            {(data) => <DraftTable drafts={data.items} />}
          </Loaded>
        </Card>
      </div>
    </>
  );
}

/** What the server has not taken yet. */
function OnlyHere() {
  const { t } = useTranslation();
  const { time } = useFormat();
  const me = useMe().data;
  const [, setRound] = useState(0);
  const left = me ? listLocal(me.id) : [];
  return left.map(({ id, values, at }) => (
    <Alert
      key={id}
      type="warning"
      showIcon
      title={t('draft.onlyHere', { at: time(at) })}
      description={values.purpose ?? t('draft.noPurpose')}
      action={
        <div style={{ display: 'flex', gap: 8 }}>
          <Link to={`/applications/new?draft=${id}`}>
            <Button size="small" type="primary" tabIndex={-1}>
              {t('draft.continue')}
            </Button>
          </Link>
          <Button
            size="small"
            onClick={() => {
              dropLocal(me?.id ?? '', id);
              setRound((round) => round + 1);
            }}
          >
            {t('draft.delete')}
          </Button>
        </div>
      }
    />
  ));
}

function DraftTable({ drafts }: { drafts: ServerDraft[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tell = useTell();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => api<null>(`/drafts/${id}`, { method: 'DELETE' }),
    onSuccess: () => tell.done(t('draft.deleted')),
    onError: tell.failed,
    onSettled: () => queries.invalidateQueries({ queryKey: ['/drafts'] }),
  });
  return (
    <Table
      aria-label={t('draft.listTitle')}
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: 860 }}
      locale={{ emptyText: t('draft.none') }}
      dataSource={drafts}
      columns={[
        {
          key: 'purpose',
          title: t('application.purpose'),
          ellipsis: true,
          render: (_, draft) => (
            <>
              <Link to={addressOf(draft)}>{nameOf(draft) ?? t('draft.noPurpose')}</Link>
              {draft.revises && (
                <div className="faint">{t('draft.revises', { number: draft.revises })}</div>
              )}
            </>
          ),
        },
        {
          key: 'system',
          title: t('application.system'),
          width: 200,
          render: (_, { content }) =>
            content.system ? <SystemName id={content.system} /> : t('common.none'),
        },
        {
          key: 'amounts',
          title: t('application.amounts'),
          width: 260,
          render: (_, { content }) => amountsLine(amountsOf(itemsOf(content)), format),
        },
        {
          key: 'savedAt',
          title: t('draft.savedAt'),
          width: 150,
          render: (_, { savedAt, savedBy }) => (
            <>
              <div className="nowrap">{format.time(savedAt)}</div>
              <div className="faint">{savedBy.name}</div>
            </>
          ),
        },
        {
          key: 'commands',
          width: 150,
          render: (_, draft) => (
            <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
              <Link to={addressOf(draft)}>
                <Button size="small" tabIndex={-1}>
                  {t('draft.continue')}
                </Button>
              </Link>
              <Popconfirm
                title={t('draft.deleteConfirm')}
                okText={t('draft.delete')}
                cancelText={t('common.cancel')}
                onConfirm={() => remove.mutate(draft.id)}
              >
                <Button size="small" icon={<DeleteOutlined />} aria-label={t('draft.delete')} />
              </Popconfirm>
            </div>
          ),
        },
      ]}
    />
  );
}

function SystemName({ id }: { id: string }) {
  const { t } = useTranslation();
  return <>{useQuery(systemQuery(id)).data?.name ?? t('common.none')}</>;
}
