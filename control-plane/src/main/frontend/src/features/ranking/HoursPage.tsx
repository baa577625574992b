import { useQuery } from '@tanstack/react-query';
import { Card, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '@/shared/api/http';
import type { FileOfHours, HourOfHost, HoursOfHost } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useSearch } from '@/shared/ui/useSearch';
import { percentOf } from './HostShares';
import { VersionSelect } from './VersionSelect';
import { ViewTable } from './ViewTable';

const HUNDREDTHS = 100;
const SAMPLE_SECONDS = 300;
/** What may be asked of: the share that the hours are to be of, and the version. */
const ASKED = ['unit', 'system', 'pool', 'version'] as const;

/** Byte seconds of an hour in percent of what there was in its samples. */
function shareOf(used: number | null, capacity: number, samples: number) {
  return used === null || capacity === 0
    ? null
    : percentOf({
        used: String(used),
        of: String(BigInt(capacity) * BigInt(samples * SAMPLE_SECONDS)),
      });
}

/** A host's hours in a month, each with what the host had in it and its five-minute samples. */
export function HoursPage() {
  const { t } = useTranslation();
  const { number, time, percent, amount, pool, month: monthName } = useFormat();
  const { month = '', id = '' } = useParams();
  const [search, set] = useSearch();
  const version = search.get('version') ?? '';
  const asked = Object.fromEntries(
    ASKED.flatMap((name) => {
      const value = search.get(name) ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  ) as Partial<Record<(typeof ASKED)[number], string>>;
  const query = useQuery({
    queryKey: ['rankings', month, 'hosts', id, asked],
    queryFn: ({ signal }) =>
      api<HoursOfHost>(`/rankings/${month}/hosts/${id}/hours`, { query: asked, signal }),
  });
  const host = query.data?.shares[0]?.host.name;
  const samples = (values: (number | null)[]) =>
    values
      .map((value) => (value === null ? t('common.none') : (value / HUNDREDTHS).toFixed(2)))
      .join('  ');
  return (
    <>
      <PageHead
        title={host === undefined ? t('ranking.hoursOf') : t('ranking.hoursOfHost', { host })}
        back={`/rankings?month=${month}${version && `&version=${version}`}`}
        note={monthName(month)}
      />
      <div className="filters">
        <VersionSelect month={month} value={version} onChange={(value) => set('version', value)} />
      </div>
      <Card>
        <Loaded query={query} rows={12}>
          {({ shares, items, files }) => (
            <>
              <div>
                {shares.map((share) => (
                  <div key={`${share.unit.id}/${share.system.id}/${share.pool}`}>
                    {t('ranking.hoursIn', {
                      unit: share.unit.name,
                      system: share.system.name,
                      pool: pool(share.pool),
                      valid: number(share.validHours),
                      hours: number(share.hours),
                    })}
                  </div>
                ))}
              </div>
              <ViewTable
                name={t('ranking.hoursOf')}
                rows={items}
                rowKey={({ hour }) => hour}
                columns={[
                  {
                    key: 'hour',
                    title: t('ranking.hour'),
                    render: (x) => (
                      <>
                        {time(x.hour)}
                        {!x.valid && <Tag color="gold">{t('ranking.invalidHour')}</Tag>}
                        {x.lastIn !== null && (
                          <Tag color="orange">
                            {t('ranking.replaced', { version: x.lastIn + 1 })}
                          </Tag>
                        )}
                      </>
                    ),
                  },
                  {
                    key: 'capacity',
                    title: t('ranking.capacity'),
                    width: 190,
                    render: ({ capacity }) =>
                      t('ranking.capacityOf', {
                        vcpu: number(capacity.vcpu),
                        memory: amount('memoryBytes', capacity.memoryBytes),
                        disk: amount('storageBytes', capacity.diskBytes),
                      }),
                  },
                  ...(files.length === 0
                    ? []
                    : [
                        {
                          key: 'file',
                          title: t('ranking.hourFrom'),
                          width: 200,
                          render: (x: HourOfHost) => (
                            <From file={files.find(({ id: one }) => one === x.file)} />
                          ),
                        },
                      ]),
                  {
                    key: 'samples',
                    title: t('ranking.samples'),
                    figure: true,
                    width: 90,
                    render: (x) => number(x.samples),
                  },
                  {
                    key: 'quarantined',
                    title: t('ranking.quarantined'),
                    figure: true,
                    width: 90,
                    render: (x) => number(x.quarantined),
                  },
                  {
                    key: 'disk',
                    title: t('ranking.disk'),
                    figure: true,
                    width: 90,
                    render: (x) =>
                      percent(shareOf(x.diskByteSeconds, x.capacity.diskBytes, x.samples)),
                  },
                  {
                    key: 'cpu',
                    title: t('ranking.cpuSamples'),
                    width: 420,
                    render: (x) => <span className="code">{samples(x.cpu)}</span>,
                  },
                  {
                    key: 'memory',
                    title: t('ranking.memorySamples'),
                    width: 420,
                    render: (x) => <span className="code">{samples(x.memory)}</span>,
                  },
                ]}
              />
            </>
          )}
        </Loaded>
      </Card>
    </>
  );
}

/** Where an hour comes from: the file, its digest, by whom and when; or the meter. */
function From({ file }: { file: FileOfHours | undefined }) {
  const { t } = useTranslation();
  const { time } = useFormat();
  if (!file) {
    return <span className="faint">{t('ranking.hourMeasured')}</span>;
  }
  return (
    <Tooltip title={t('ranking.hourDigest', { digest: file.digest })}>
      <span>
        {file.fileName}
        <div className="faint">
          {t('ranking.hourImported', { by: file.by.name, at: time(file.at) })}
        </div>
      </span>
    </Tooltip>
  );
}
