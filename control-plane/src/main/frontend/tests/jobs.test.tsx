import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { JobsPage } from '@/features/jobs/JobsPage';
import type { Job, JobProgress } from '@/shared/api/jobs';
import type { UsageReading } from '@/shared/api/usage';
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
  serve(({ path, method, body }) => {
    if (path === '/jobs') {
      return { body: { items: [job] } };
    }
    if (path === '/me') {
      return { body: { permissions: ['JOB_RUN'] } };
    }
    if (path === '/usage-readings/sources') {
      return { body: { items: [{ name: 'prometheus-a', readTo: '2026-11-04T12:00:00Z' }] } };
    }
    if (path.startsWith('/usage-readings/') && method === 'PUT') {
      asked.push(body);
      return { status: 202, body: {} };
    }
    return path === '/usage-readings'
      ? { body: { items: [reading, daily], next: null, total: 2 } }
      : undefined;
  });
}

const asked: unknown[] = [];

const reading: UsageReading = {
  id: '1',
  source: 'prometheus-a',
  from: '2026-10-31T16:00:00Z',
  to: '2026-11-02T16:00:00Z',
  askedBy: { id: '2', name: '张三' },
  askedAt: '2026-11-04T12:00:00Z',
  readTo: '2026-11-01T16:00:00Z',
  hours: 24,
  changed: 3,
  done: false,
};

const daily: UsageReading = { ...reading, id: '3', askedBy: null, changed: 7, done: true };

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

it('has whole days in Shanghai read again, and shows how far that has come', async () => {
  served(false, progress);
  show(<JobsPage />);
  expect(await screen.findByText('50%')).toBeInTheDocument();
  expect(screen.getByText('每日自动').closest('tr')).toHaveTextContent('7');
  await userEvent.click(screen.getByRole('button', { name: '重读这些天' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(within(dialog).getByRole('combobox'));
  await userEvent.click(await screen.findByText(/^prometheus-a，/));
  fireEvent.change(within(dialog).getByLabelText('第一天'), { target: { value: '2026-11-01' } });
  fireEvent.change(within(dialog).getByLabelText('最后一天'), { target: { value: '2026-11-02' } });
  await userEvent.click(within(dialog).getByRole('button', { name: '重读这些天' }));
  await waitFor(() =>
    expect(asked).toEqual([
      {
        source: 'prometheus-a',
        from: '2026-10-31T16:00:00.000Z',
        to: '2026-11-02T16:00:00.000Z',
      },
    ]),
  );
});
