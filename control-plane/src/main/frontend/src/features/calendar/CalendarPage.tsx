import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendars } from '@/shared/api/calendars';
import { api, download } from '@/shared/api/http';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { ImportCard } from './ImportCard';
import { YearCard } from './YearCard';

/** Which days are working days, a year at a time: template, file, check, import. */
export function CalendarPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const query = useQuery({
    queryKey: ['/calendars'],
    queryFn: ({ signal }) => api<Calendars>('/calendars', { signal }),
  });
  const [chosen, setChosen] = useState<number | null>(null);
  const year =
    chosen ?? query.data?.due[0] ?? query.data?.items.at(-1)?.year ?? new Date().getFullYear();

  const take = (format: 'xlsx' | 'csv') => {
    download(`/calendars/${year}/file`, { format }, `calendar-${year}.${format}`).catch(
      tell.failed,
    );
  };
  return (
    <>
      <PageHead title={t('calendar.title')} note={t('calendar.note')}>
        <InputNumber
          aria-label={t('calendar.year')}
          min={2000}
          max={2100}
          precision={0}
          value={year}
          onChange={setChosen}
        />
        <Button icon={<DownloadOutlined />} onClick={() => take('xlsx')}>
          {t('calendar.fileXlsx')}
        </Button>
        <Button icon={<DownloadOutlined />} onClick={() => take('csv')}>
          {t('calendar.fileCsv')}
        </Button>
      </PageHead>
      <div className="stack">
        {query.data && query.data.due.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('calendar.due', { years: query.data.due.join(t('common.list')) })}
          />
        )}
        <ImportCard
          key={year}
          year={year}
          again={query.data?.items.some((one) => one.year === year) ?? false}
        />
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Card>
                <Empty
                  image={Empty.PRESENTED_IMAGE_SIMPLE}
                  description={t('calendar.nothingImported')}
                />
              </Card>
            ) : (
              <>
                {items.toReversed().map((one) => (
                  <YearCard key={one.id} latest={one} />
                ))}
              </>
            )
          }
        </Loaded>
      </div>
    </>
  );
}
