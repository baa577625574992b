import { CheckOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Card, Tabs, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import type { Notice } from '@/shared/api/notices';
import { useMay } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { FilterCheckbox } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { DispatchesTab } from './DispatchesTab';
import { SettingsTab } from './SettingsTab';

/** What one was told, and how one wants to be told. */
export function NoticesPage() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <>
      <PageHead title={t('notice.title')} />
      <Card>
        <Tabs
          destroyOnHidden
          items={[
            { key: 'mine', label: t('notice.mine'), children: <MineTab /> },
            { key: 'settings', label: t('notice.settings'), children: <SettingsTab /> },
            ...(may('NOTICE_OPERATE')
              ? [{ key: 'sent', label: t('notice.sent'), children: <DispatchesTab /> }]
              : []),
          ]}
        />
      </Card>
    </>
  );
}

function MineTab() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const list = useList<Notice>('/notices');
  const refresh = () => queries.invalidateQueries({ queryKey: ['/notices'] });
  const read = useMutation({
    mutationFn: (id: string) => api(`/notices/${id}/read`, { method: 'PUT' }),
    onSuccess: refresh,
    onError: tell.failed,
  });
  const readAll = useMutation({
    mutationFn: (until: string) => api('/notices/read', { method: 'PUT', json: { until } }),
    onSuccess: refresh,
    onError: tell.failed,
  });
  const latest = list.items[0]?.at;
  return (
    <>
      <div className="filters">
        <SearchBox
          hint={t('notice.searchHint')}
          value={list.filters['q'] ?? ''}
          onSearch={(q) => list.set({ q })}
        />
        <FilterCheckbox list={list} name="unread">
          {t('notice.unreadOnly')}
        </FilterCheckbox>
        <Button
          className="filters-end"
          icon={<CheckOutlined />}
          disabled={latest === undefined || list.page > 1}
          loading={readAll.isPending}
          onClick={() => latest && readAll.mutate(latest)}
        >
          {t('notice.readAll')}
        </Button>
      </div>
      <ListTable
        list={list}
        columns={useColumns((id) => read.mutate(id))}
        rowKey={({ id }) => id}
        name={t('notice.title')}
        width={720}
      />
    </>
  );
}

function useColumns(read: (id: string) => void): TableColumnsType<Notice> {
  const { t } = useTranslation();
  const { time } = useFormat();
  return [
    {
      key: 'title',
      title: t('notice.about'),
      render: (_, one) => (
        <>
          <Badge dot={one.readAt === null} offset={[6, 4]}>
            <Link to={one.link} onClick={() => one.readAt === null && read(one.id)}>
              {one.title}
            </Link>
          </Badge>
          <div className="faint">{one.text}</div>
        </>
      ),
    },
    {
      key: 'at',
      title: t('notice.at'),
      width: 170,
      render: (_, one) => <span className="nowrap">{time(one.at)}</span>,
    },
    {
      key: 'read',
      title: '',
      width: 120,
      render: (_, one) =>
        one.readAt === null && (
          <Button type="link" size="small" onClick={() => read(one.id)}>
            {t('notice.read')}
          </Button>
        ),
    },
  ];
}
