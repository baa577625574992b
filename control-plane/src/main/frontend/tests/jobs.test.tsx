import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { JobsPage } from '@/features/jobs/JobsPage';
import type { Job, JobProgress } from '@/shared/api/jobs';
import { show } from './support/page';
import { serve } from './support/server';

const progress: JobProgress = {
  since: '2026-11-04T12:00:00Z',
  seen: '2026-11-04T12:00:05Z',
  died: false,
  step: 'FREEZE_RECONCILIATION',
  of: '2026-10',
  done: 1,
  all: 4,
};

function served(running: boolean, how: JobProgress) {
  const job: Job = {
    name: 'freeze',
    every: null,
    cron: '0 0 20 * * ?',
    last: null,
    next: null,
    running,
    progress: how,
  };
  serve(({ path }) => (path === '/jobs' ? { body: { items: [job] } } : undefined));
}

it('shows what a running job does, and how far it has come', async () => {
  served(true, progress);
  show(<JobsPage />);
  expect(await screen.findByText('核对与预测（2026-10）')).toBeInTheDocument();
  expect(screen.getByText('1 / 4')).toBeInTheDocument();
  expect(screen.getByText('运行中')).toBeInTheDocument();
});

it('shows that the process of a run is gone', async () => {
  served(false, { ...progress, died: true });
  show(<JobsPage />);
  expect(await screen.findByText(/^进程已中断/)).toBeInTheDocument();
  expect(screen.queryByText('运行中')).not.toBeInTheDocument();
});
