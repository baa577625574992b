import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Progress, Tag, type TableColumnsType } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/shared/api/queries';
import type { UsageReading } from '@/shared/api/usage';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { useList } from '@/shared/list/useList';
import { RereadDialog } from './RereadDialog';

const LOOK_AGAIN = 2000;

/** Hours of measured use that are read once more, each day or because somebody asked for it, and how far that has come. */
export function Rereadings() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList<UsageReading>('/usage-readings');
  const columns = useColumns();
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const reading = list.items.some(({ done }) => !done);
  useEffect(() => {
    if (!reading) {
      return undefined;
    }
    const look = setInterval(
      () => void queries.invalidateQueries({ queryKey: ['/usage-readings'] }),
      LOOK_AGAIN,
    );
    return () => clearInterval(look);
  }, [reading, queries]);
  return (
    <Card
      title={t('reread.title')}
      extra={may('JOB_RUN') && <Button onClick={() => setAsking(true)}>{t('reread.ask')}</Button>}
    >
      <ListTable list={list} columns={columns} rowKey={({ id }) => id} name={t('reread.title')} />
      {asking && <RereadDialog onClose={() => setAsking(false)} />}
    </Card>
  );
}

function useColumns(): TableColumnsType<UsageReading> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { key: 'source', title: t('reread.source'), render: (_, { source }) => source },
    {
      key: 'period',
      title: t('usageImport.period'),
      width: 220,
      render: (_, { from, to }) => (
        <>
          <div className="nowrap">{format.time(from)}</div>
          <div className="nowrap">{format.time(to)}</div>
        </>
      ),
    },
    {
      key: 'progress',
      title: t('reread.progress'),
      width: 180,
      render: (_, { from, to, readTo, done }) =>
        done ? (
          <Tag color="green">{t('reread.done')}</Tag>
        ) : (
          <Progress percent={share(from, readTo, to)} size="small" status="active" />
        ),
    },
    {
      key: 'hours',
      title: t('usageImport.hours'),
      align: 'right',
      width: 140,
      render: (_, { hours }) => hours,
    },
    {
      key: 'changed',
      title: t('reread.changed'),
      align: 'right',
      width: 120,
      render: (_, { changed }) => changed,
    },
    {
      key: 'by',
      title: t('reread.by'),
      width: 180,
      render: (_, { askedBy, askedAt }) => (
        <>
          {askedBy?.name ?? t('reread.daily')}
          <div className="faint nowrap">{format.time(askedAt)}</div>
        </>
      ),
    },
  ];
}

function share(from: string, at: string, to: string): number {
  const begin = Date.parse(from);
  return Math.floor((100 * (Date.parse(at) - begin)) / (Date.parse(to) - begin));
}
