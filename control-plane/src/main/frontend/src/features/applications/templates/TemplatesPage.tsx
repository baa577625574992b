import { DeleteOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Popconfirm, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { amountsLine, amountsOf } from '../amounts';
import { itemsOf } from '../apply/draft';
import { useTemplates, type Template } from './templates';

/** What applications can begin with: those for everybody, and the unit's own. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const templates = useTemplates();
  return (
    <>
      <PageHead back="/applications" title={t('template.listTitle')} />
      <Card>
        <p className="faint">{t('template.about')}</p>
        <Loaded query={templates} rows={4}>
          {(data) => <TemplateTable templates={data.items} />}
        </Loaded>
      </Card>
    </>
  );
}

function TemplateTable({ templates }: { templates: Template[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  return (
    <Table
      aria-label={t('template.listTitle')}
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: 860 }}
      locale={{ emptyText: t('template.none') }}
      dataSource={templates}
      columns={[
        { key: 'name', title: t('template.name'), render: (_, { name }) => name },
        {
          key: 'whose',
          title: t('template.whose'),
          width: 120,
          render: (_, { everybody }) => (
            <Tag color={everybody ? 'blue' : 'default'}>
              {t(everybody ? 'template.everybody' : 'template.unit')}
            </Tag>
          ),
        },
        {
          key: 'amounts',
          title: t('application.amounts'),
          width: 280,
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
          width: 160,
          render: (_, template) => (
            <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
              {may('APPLICATION_SUBMIT') && (
                <Link to={`/applications/new?template=${template.id}`}>
                  <Button size="small" tabIndex={-1}>
                    {t('template.use')}
                  </Button>
                </Link>
              )}
              {template.mine && <RemoveButton template={template} />}
            </div>
          ),
        },
      ]}
    />
  );
}

function RemoveButton({ template }: { template: Template }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api<null>(`/templates/${template.id}`, { method: 'DELETE' }),
    onSuccess: () => tell.done(t('template.deleted')),
    onError: tell.failed,
    onSettled: () => queries.invalidateQueries({ queryKey: ['/templates'] }),
  });
  return (
    <Popconfirm
      title={t('template.deleteConfirm', { name: template.name })}
      okText={t('draft.delete')}
      cancelText={t('common.cancel')}
      onConfirm={() => remove.mutate()}
    >
      <Button size="small" icon={<DeleteOutlined />} aria-label={t('draft.delete')} />
    </Popconfirm>
  );
}
