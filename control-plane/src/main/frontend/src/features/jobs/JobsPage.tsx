import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Job } from '@/shared/api/jobs';
import { useMay } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { JobProgressBar } from './JobProgressBar';
import { Rereadings } from './Rereadings';

const LOOK_AGAIN = 5000;
const LOOK_AGAIN_WHILE_RUNNING = 1000;

/** What runs by itself, what came of it, and a way to have it run now. */
export function JobsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const known = useKnown();
  const may = useMay();
  const query = useQuery({
    queryKey: ['/jobs'],
    queryFn: ({ signal }) => api<{ items: Job[] }>('/jobs', { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ running }) => running) ? LOOK_AGAIN_WHILE_RUNNING : LOOK_AGAIN,
  });
  return (
    <>
      <PageHead title={t('job.title')} note={t('job.note')} />
      <div className="stack">
        <Card>
          <Loaded query={query}>
            {({ items }) => (
              <Table<Job>
                aria-label={t('job.title')}
                rowKey="name"
                dataSource={items}
                pagination={false}
                scroll={{ x: 900 }}
                columns={[
                  {
                    key: 'name',
                    title: t('job.nameLabel'),
                    render: (_, { name, running, progress }) => (
                      <>
                        {known(`job.name.${name}`, name)}
                        {running && <Tag color="processing">{t('job.running')}</Tag>}
                        {progress && <JobProgressBar progress={progress} />}
                      </>
                    ),
                  },
                  {
                    key: 'schedule',
                    title: t('job.schedule'),
                    width: 150,
                    render: (_, { every, cron }) =>
                      every === null ? (
                        <span className="code">{cron}</span>
                      ) : (
                        t('job.every', { seconds: every })
                      ),
                  },
                  {
                    key: 'last',
                    title: t('job.last'),
                    width: 180,
                    render: (_, { last }) =>
                      last ? (
                        <span className="nowrap">
                          {format.time(last.ended)}
                          <div className="faint">
                            {t('job.took', { seconds: seconds(last.started, last.ended) })}
                          </div>
                        </span>
                      ) : (
                        <span className="faint">{t('job.never')}</span>
                      ),
                  },
                  {
                    key: 'result',
                    title: t('job.result'),
                    width: 200,
                    render: (_, { last }) =>
                      last && <Result failed={last.failed} text={last.result} />,
                  },
                  {
                    key: 'next',
                    title: t('job.next'),
                    width: 160,
                    render: (_, { next }) => (
                      <span className="nowrap">{next ? format.time(next) : t('common.none')}</span>
                    ),
                  },
                  {
                    key: 'run',
                    title: '',
                    width: 110,
                    render: (_, job) => may('JOB_RUN') && <RunButton job={job} />,
                  },
                ]}
              />
            )}
          </Loaded>
        </Card>
        <Rereadings />
      </div>
    </>
  );
}

function seconds(started: string, ended: string): string {
  return ((Date.parse(ended) - Date.parse(started)) / 1000).toFixed(1);
}

function Result({ failed, text }: { failed: boolean; text: string }) {
  const { t } = useTranslation();
  if (failed) {
    return (
      <>
        <Tag color="red">{t('job.failed')}</Tag>
        <div className="faint">{text}</div>
      </>
    );
  }
  return text === '' ? t('common.none') : t('job.count', { count: Number(text) });
}

function RunButton({ job }: { job: Job }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: () => api<Job>(`/jobs/${job.name}/runs`, { method: 'POST' }),
    onSuccess: async () => {
      tell.done(t('job.asked'));
      await queries.invalidateQueries({ queryKey: ['/jobs'] });
    },
    onError: tell.failed,
  });
  return (
    <Button
      type="link"
      aria-label={`${t('job.run')} ${job.name}`}
      disabled={job.running}
      loading={run.isPending}
      onClick={() => run.mutate()}
    >
      {t('job.run')}
    </Button>
  );
}
