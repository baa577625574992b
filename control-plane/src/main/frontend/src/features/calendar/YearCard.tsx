import { useQuery } from '@tanstack/react-query';
import { Card, Table, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarDay, CalendarVersion } from '@/shared/api/calendars';
import { api } from '@/shared/api/http';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';

interface Festival {
  key: string;
  name: string;
  holidays: string[];
  makeUps: string[];
}

/** Days in a row are one stretch: 02-15 – 02-23. */
function stretches(dates: string[]): string[] {
  const shown: string[] = [];
  let start: string | null = null;
  let end: string | null = null;
  const close = () => {
    if (start !== null && end !== null) {
      shown.push(start === end ? start.slice(5) : `${start.slice(5)} – ${end.slice(5)}`);
    }
  };
  for (const date of dates) {
    if (end !== null && Date.parse(date) - Date.parse(end) === 86_400_000) {
      end = date;
    } else {
      close();
      start = date;
      end = date;
    }
  }
  close();
  return shown;
}

function festivals(days: CalendarDay[]): Festival[] {
  return [...new Set(days.map(({ name }) => name))].map((name) => {
    const of = (kind: CalendarDay['kind']) =>
      stretches(
        days.filter((day) => day.name === name && day.kind === kind).map(({ date }) => date),
      );
    return { key: name, name, holidays: of('HOLIDAY'), makeUps: of('MAKE_UP') };
  });
}

/** A year by festival, and how it came to be so. */
export function YearCard({ latest }: { latest: CalendarVersion }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState('days');
  return (
    <Card
      title={t('calendar.yearTitle', { year: String(latest.year) })}
      extra={
        <span className="faint">
          {t('calendar.counts', { holidays: latest.holidays, makeUps: latest.makeUps })}
        </span>
      }
    >
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={[
          {
            key: 'days',
            label: t('calendar.days'),
            children: (
              <Table
                aria-label={t('calendar.yearTitle', { year: String(latest.year) })}
                size="small"
                pagination={false}
                dataSource={festivals(latest.days)}
                columns={[
                  { key: 'name', title: t('calendar.festival'), render: (_, one) => one.name },
                  {
                    key: 'holidays',
                    title: t('calendar.holiday'),
                    render: (_, one) => one.holidays.map((days) => <Tag key={days}>{days}</Tag>),
                  },
                  {
                    key: 'makeUps',
                    title: t('calendar.makeUp'),
                    render: (_, one) =>
                      one.makeUps.map((days) => (
                        <Tag key={days} color="gold">
                          {days}
                        </Tag>
                      )),
                  },
                ]}
              />
            ),
          },
          {
            key: 'versions',
            label: t('calendar.versions', { count: latest.version }),
            children: <Versions year={latest.year} />,
          },
        ]}
      />
    </Card>
  );
}

function Versions({ year }: { year: number }) {
  const { t } = useTranslation();
  const { time } = useFormat();
  const query = useQuery({
    queryKey: ['/calendars', year],
    queryFn: ({ signal }) => api<CalendarVersion[]>(`/calendars/${year}/versions`, { signal }),
  });
  return (
    <Loaded query={query}>
      {(versions) => (
        <Table
          aria-label={t('calendar.versions', { count: versions.length })}
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={versions}
          scroll={{ x: 800 }}
          columns={[
            { key: 'version', title: t('calendar.version'), render: (_, one) => one.version },
            { key: 'basis', title: t('calendar.basis'), render: (_, one) => one.basis },
            {
              key: 'reason',
              title: t('calendar.reason'),
              render: (_, one) => one.reason || t('common.none'),
            },
            {
              key: 'days',
              title: t('calendar.days'),
              render: (_, one) =>
                t('calendar.counts', { holidays: one.holidays, makeUps: one.makeUps }),
            },
            {
              key: 'by',
              title: t('calendar.importedBy'),
              render: (_, one) => (
                <>
                  {one.importedBy}
                  <div className="faint nowrap">{time(one.importedAt)}</div>
                </>
              ),
            },
          ]}
        />
      )}
    </Loaded>
  );
}
