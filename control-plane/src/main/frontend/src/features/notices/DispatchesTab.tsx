import { ReloadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { DISPATCH_STATES, type Dispatch, type DispatchState } from '@/shared/api/notices';
import { useFormat } from '@/shared/format/useFormat';
import { FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { useTell } from '@/shared/ui/useTell';

const COLOURS: Record<DispatchState, string> = {
  WAITING: 'processing',
  SENT: 'success',
  GIVEN_UP: 'error',
};

/** What left the server by mail and webhook, and why the rest did not. */
export function DispatchesTab() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const list = useList<Dispatch>('/dispatches');
  const retry = useMutation({
    mutationFn: ({ notice, channel }: Dispatch) =>
      api(`/dispatches/${notice}/${encodeURIComponent(channel)}/retries`, { method: 'POST' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/dispatches'] }),
    onError: tell.failed,
  });
  return (
    <>
      <div className="filters">
        <SearchBox
          hint={t('notice.sentSearchHint')}
          value={list.filters['q'] ?? ''}
          onSearch={(q) => list.set({ q })}
        />
        <FilterSelect
          list={list}
          name="state"
          label={t('notice.stateLabel')}
          options={DISPATCH_STATES.map((state) => ({
            value: state,
            label: t(`notice.state.${state}`),
          }))}
        />
      </div>
      <ListTable
        list={list}
        columns={useColumns((one) => retry.mutate(one))}
        rowKey={({ notice, channel }) => `${notice}/${channel}`}
        name={t('notice.sent')}
      />
    </>
  );
}

function useColumns(retry: (one: Dispatch) => void): TableColumnsType<Dispatch> {
  const { t } = useTranslation();
  const { time } = useFormat();
  return [
    { key: 'recipient', title: t('notice.recipient'), render: (_, one) => one.recipient },
    {
      key: 'channel',
      title: t('notice.channel'),
      render: (_, one) => <span className="code">{one.channel}</span>,
    },
    {
      key: 'state',
      title: t('notice.stateLabel'),
      width: 120,
      render: (_, one) => <Tag color={COLOURS[one.state]}>{t(`notice.state.${one.state}`)}</Tag>,
    },
    {
      key: 'attempts',
      title: t('notice.attempts'),
      width: 90,
      align: 'right',
      render: (_, one) => one.attempts,
    },
    {
      key: 'failure',
      title: t('notice.failure'),
      render: (_, one) => one.failure ?? t('common.none'),
    },
    {
      key: 'at',
      title: t('notice.at'),
      width: 170,
      render: (_, one) => <span className="nowrap">{time(one.at)}</span>,
    },
    {
      key: 'retry',
      title: '',
      width: 110,
      render: (_, one) =>
        one.state === 'GIVEN_UP' && (
          <Button type="link" size="small" icon={<ReloadOutlined />} onClick={() => retry(one)}>
            {t('notice.retry')}
          </Button>
        ),
    },
  ];
}
