import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ReclaimPage } from '@/features/reclaims/ReclaimPage';
import type { Reclaim, ReclaimItem } from '@/shared/api/reclaims';
import { show } from './support/page';
import { person } from './support/samples';
import { serve, type Asked } from './support/server';

const GIB = 2 ** 30;
const large = { vcpu: 4, memoryBytes: 8 * GIB };
const nothing = { vcpu: 0, memoryBytes: 0 };

function item(position: number, changed: Partial<ReclaimItem> = {}): ReclaimItem {
  return {
    position,
    host: `h${position}`,
    name: `school-000${position}`,
    system: 's1',
    systemName: '学籍管理系统',
    action: 'RECYCLE',
    evidence: {
      day: '2026-11-20',
      days: 30,
      verdicts: ['IDLE'],
      policy: 'default',
      hours: 720,
      validHours: 700,
      coverage: 97.22,
      cpu: { mean: 1, p95: 3, peak: 8 },
      memory: { mean: 9, p95: 12, peak: 15 },
      disk: 4,
      stopped: false,
    },
    before: large,
    planned: nothing,
    size: null,
    answer: null,
    answerNote: null,
    outcome: 'PLANNED',
    reason: null,
    attempts: 0,
    startedAt: null,
    endedAt: null,
    actual: null,
    ...changed,
  };
}

const order: Reclaim = {
  id: '0199dddd-0000-7000-8000-000000000001',
  version: 2,
  number: 'R2026-000012',
  state: 'NOTICED',
  unit: { id: 'u1', name: '江门市教育局' },
  basis: '低效资源清理',
  proposedBy: { id: 'p1', name: '运维甲' },
  proposedAt: '2026-11-20T02:00:00Z',
  enteredAt: '2026-11-20T03:00:00Z',
  noticedAt: '2026-11-20T03:00:00Z',
  extendedUntil: null,
  sums: { hosts: 2, done: 0, failed: 0, skipped: 0, planned: large, actual: nothing },
  commands: ['CONSENT', 'APPEAL'],
  items: [item(1), item(2)],
  leftOut: [],
  steps: [],
};

const appealed: Reclaim = {
  ...order,
  state: 'APPEALED',
  commands: ['EXTEND', 'UPHOLD', 'REJECT'],
  items: [
    item(1, { answer: 'CONSENTED' }),
    item(2, { answer: 'APPEALED', answerNote: '年底要用' }),
  ],
};

function open(shown: Reclaim) {
  const calls = serve(({ method, path }) => {
    if (method === 'POST') {
      return { body: { ...shown, version: shown.version + 1, commands: [] } };
    }
    switch (path) {
      case '/me':
        return { body: person('RECLAIM_READ', 'HOST_READ') };
      case `/reclaims/${order.id}`:
        return { body: shown };
      default:
        return undefined;
    }
  });
  show(<ReclaimPage />, `/reclaims/${order.id}`, '/reclaims/:id');
  return calls;
}

const posted = (calls: Asked[]) => calls.filter(({ method }) => method === 'POST');

async function ask(command: string) {
  fireEvent.click(await screen.findByRole('button', { name: command }));
  const dialog = within(await screen.findByRole('dialog'));
  const send = () => fireEvent.click(dialog.getByRole('button', { name: command }));
  return { dialog, send };
}

it('agrees for all hosts where none is chosen', async () => {
  const calls = open(order);
  const { dialog, send } = await ask('同意');
  send();
  await waitFor(() => expect(posted(calls)).toHaveLength(1));
  expect(dialog.queryByText('请填写')).not.toBeInTheDocument();
  const [sent] = posted(calls);
  expect(sent?.path).toBe(`/reclaims/${order.id}/consents`);
  expect(sent?.headers.get('If-Match')).toBe('"2"');
  expect(sent?.body).toEqual({ items: [] });
}, 60_000);

it('appeals for the hosts that are chosen, and only with a reason', async () => {
  const calls = open(order);
  fireEvent.click(await screen.findByRole('checkbox', { name: /school-0002/ }));
  const { dialog, send } = await ask('申诉');
  send();
  expect(await dialog.findByText('请填写')).toBeInTheDocument();
  expect(posted(calls)).toHaveLength(0);
  fireEvent.change(dialog.getByRole('textbox'), { target: { value: '年底要用' } });
  send();
  await waitFor(() => expect(posted(calls)).toHaveLength(1));
  expect(posted(calls)[0]).toMatchObject({
    path: `/reclaims/${order.id}/appeals`,
    body: { items: [2], note: '年底要用' },
  });
}, 60_000);

it('extends to a day, and spares only hosts that were appealed for', async () => {
  const calls = open(appealed);
  expect(await screen.findByRole('checkbox', { name: /school-0001/ })).toBeDisabled();
  fireEvent.click(screen.getByRole('checkbox', { name: /school-0002/ }));
  const { dialog, send } = await ask('准予延期');
  send();
  expect(await dialog.findByText('请选择日期')).toBeInTheDocument();
  expect(posted(calls)).toHaveLength(0);
  fireEvent.change(dialog.getByLabelText('延期至'), { target: { value: '2026-12-31' } });
  send();
  await waitFor(() => expect(posted(calls)).toHaveLength(1));
  expect(posted(calls)[0]).toMatchObject({
    path: `/reclaims/${order.id}/extensions`,
    body: { until: '2026-12-31', spared: [2] },
  });
}, 60_000);

it('approves for the bureau without a reason, and refuses only with one', async () => {
  const calls = open({ ...order, state: 'CONSENTED', commands: ['APPROVE', 'REJECT'] });
  const refusal = await ask('否决');
  refusal.send();
  expect(await refusal.dialog.findByText('请填写')).toBeInTheDocument();
  fireEvent.click(refusal.dialog.getByRole('button', { name: '取消' }));
  expect(posted(calls)).toHaveLength(0);
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  const { send } = await ask('批准');
  send();
  await waitFor(() => expect(posted(calls)).toHaveLength(1));
  expect(posted(calls)[0]).toMatchObject({ path: `/reclaims/${order.id}/approvals`, body: {} });
}, 60_000);
