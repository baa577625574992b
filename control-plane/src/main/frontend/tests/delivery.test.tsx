import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ApplicationPage } from '@/features/applications/detail/ApplicationPage';
import type { Application, Command } from '@/shared/api/applications';
import { show } from './support/page';
import { application, person } from './support/samples';
import { serve, type Asked } from './support/server';

const partial: Application = {
  ...application,
  state: 'PARTIAL',
  commands: ['RETRY', 'CANCEL'],
  delivery: {
    cluster: 'jiangmen-extranet',
    namespace: 'yt-jm-0001',
    lease: { epoch: 4, observedEpoch: 3, hard: { cpuMillis: 8000 } },
    hosts: [
      { id: 'h1', name: 'school-0001', state: 'RUNNING', reason: null },
      { id: 'h2', name: 'school-0002', state: 'FAILED', reason: 'exceeded quota' },
    ],
    items: [
      {
        position: 0,
        kind: 'HOSTS',
        host: null,
        state: 'FAILED',
        missing: 1,
        reason: 'exceeded quota',
      },
    ],
  },
};

function open(shown: Application, refused = false) {
  const calls = serve(({ method, path }) => {
    if (method === 'POST') {
      return refused
        ? { status: 409, body: { code: 'CLUSTER_FENCED', title: '集群已隔离' } }
        : { body: { ...shown, version: shown.version + 1, state: 'DELIVERING', commands: [] } };
    }
    switch (path) {
      case '/me':
        return { body: person('APPLICATION_READ', 'APPLICATION_DECIDE', 'APPLICATION_EXECUTE') };
      case `/applications/${application.id}`:
        return { body: shown };
      default:
        return undefined;
    }
  });
  show(<ApplicationPage />, `/applications/${application.id}`, '/applications/:id');
  return calls;
}

const posted = (calls: Asked[]) => calls.filter(({ method }) => method === 'POST');

async function ask(command: string) {
  fireEvent.click(await screen.findByRole('button', { name: command }));
  return within(await screen.findByRole('dialog'));
}

it('says of each host whether it runs or why not, and that the lease is not enforced yet', async () => {
  open(partial);
  const hosts = within(await screen.findByRole('table', { name: '云主机' }));
  const [, first, second] = hosts.getAllByRole('row');
  expect(first).toHaveTextContent('school-0001');
  expect(second).toHaveTextContent('exceeded quota');
  expect(screen.getByText('yt-jm-0001')).toBeInTheDocument();
  expect(screen.getByText('1 / 2 台运行中')).toBeInTheDocument();
}, 60_000);

it('retries what did not come, and does so once for each question', async () => {
  const calls = open(partial);
  const dialog = await ask('重试');
  fireEvent.click(dialog.getByRole('button', { name: '重试' }));
  await waitFor(() => expect(posted(calls)).toHaveLength(1));
  const [sent] = posted(calls);
  expect(sent?.path).toBe(`/applications/${application.id}/retries`);
  expect(sent?.headers.get('If-Match')).toBe(`"${partial.version}"`);
  expect(sent?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await screen.findByText('正在重试 A2026-000123')).toBeInTheDocument();
}, 60_000);

it('cancels what did not come only with a reason, and keeps it where it is refused', async () => {
  const calls = open(partial, true);
  const dialog = await ask('取消未交付部分');
  const cancel = () => fireEvent.click(dialog.getByRole('button', { name: '取消未交付部分' }));
  cancel();
  expect(await dialog.findByText('请填写理由')).toBeInTheDocument();
  expect(posted(calls)).toHaveLength(0);
  fireEvent.change(dialog.getByLabelText('理由'), { target: { value: '不再需要' } });
  cancel();
  expect(await screen.findByText(/集群已隔离/)).toBeInTheDocument();
  expect(posted(calls)[0]).toMatchObject({
    path: `/applications/${application.id}/cancellations`,
    body: { reason: '不再需要' },
  });
  expect(dialog.getByLabelText('理由')).toHaveValue('不再需要');
}, 60_000);

it('offers neither to whom the server offers nothing', async () => {
  const none: Command[] = [];
  open({ ...partial, commands: none });
  expect(await screen.findByText('school-0002')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '重试' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '取消未交付部分' })).not.toBeInTheDocument();
}, 60_000);
