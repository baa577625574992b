import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { VerdictsPage } from '@/features/verdicts/VerdictsPage';
import type { HostVerdict } from '@/shared/api/reclaims';
import { show } from './support/page';
import { person } from './support/samples';
import { serve } from './support/server';

const me = { ...person('HOST_READ', 'RECLAIM_PROPOSE', 'RECLAIM_READ'), unit: null };
const unit = { id: 'u1', name: '江门市教育局', region: { code: '440700', name: '江门市' } };
const proposed = {
  id: 'r1',
  unit,
  sums: { hosts: 3, done: 0, planned: { vcpu: 12, memoryBytes: 2 ** 35 } },
  leftOut: [],
};

const saving = {
  unit: 'u1',
  unitName: '江门市教育局',
  pool: 'extranet-ordinary',
  hosts: 3,
  vcpu: 12,
  memoryBytes: 2 ** 35,
  diskBytes: 140 * 2 ** 30,
  yuanPerMonth: '793.50',
  unpriced: 1,
  unpricedDisks: 2,
};

const verdict = (name: string, disk: number | null): HostVerdict => ({
  day: '2026-10-31',
  host: name,
  name,
  unit: 'u1',
  unitName: '江门市教育局',
  system: 's1',
  systemName: '学籍管理系统',
  pool: 'extranet-ordinary',
  vcpu: 4,
  memoryBytes: 2 ** 33,
  policy: 'default-1',
  verdicts: disk === null ? ['FIT'] : ['GROW'],
  days: 30,
  hours: 720,
  validHours: 720,
  coverage: 100,
  cpu: { mean: 40, p95: 60, peak: 70 },
  memory: null,
  disk,
  rightSize: null,
  reclaim: null,
});

function open(at: string, items: HostVerdict[] = []) {
  const calls = serve(({ method, path }) => {
    if (method === 'PUT') {
      return { body: proposed };
    }
    switch (path) {
      case '/me':
        return { body: me };
      case '/units':
        return { body: { items: [unit], next: null, total: 1 } };
      case '/units/u1':
        return { body: unit };
      case '/verdicts/savings':
        return {
          body: {
            day: '2026-10-31',
            pools: [{ ...saving, unit: null, unitName: null }],
            units: [saving],
          },
        };
      case '/verdicts':
        return { body: { items, next: null, total: items.length, atLeast: false } };
      default:
        return undefined;
    }
  });
  show(<VerdictsPage />, at);
  return calls;
}

it('proposes all of a unit at once, after it was tried', async () => {
  const calls = open('/verdicts?unit=u1');
  fireEvent.click(await screen.findByRole('button', { name: '全单位提出' }));
  expect(await screen.findByText('江门市教育局', { selector: 'strong' })).toBeInTheDocument();
  const tried = calls.find(({ method }) => method === 'PUT');
  expect(tried?.query.get('validateOnly')).toBe('true');
  expect(tried?.body).toMatchObject({ unit: 'u1', hosts: [] });
  const dialog = screen.getByRole('dialog');
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: '低效资源清理' } });
  fireEvent.click(within(dialog).getByText('提出'));
  await waitFor(() => {
    const sent = calls.find(
      ({ method, query }) => method === 'PUT' && query.get('validateOnly') === 'false',
    );
    expect(sent?.path).toBe(tried?.path);
    expect(sent?.body).toMatchObject({ unit: 'u1', hosts: [], basis: '低效资源清理' });
  });
});

it('searches by a name, and offers no unit as a whole where none is chosen', async () => {
  const calls = open('/verdicts?q=school');
  await waitFor(() =>
    expect(calls.find(({ path }) => path === '/verdicts')?.query.get('q')).toBe('school'),
  );
  expect(await screen.findByRole('button', { name: /^提出回收/ })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '全单位提出' })).toBeNull();
});

it('adds up what would be saved by pool and by unit', async () => {
  const calls = open('/verdicts?unit=u1');
  fireEvent.click(await screen.findByText('可节约合计'));
  expect(await screen.findAllByText('每月 793.50 元')).toHaveLength(2);
  expect(screen.getAllByText('另有 1 台未定价')).toHaveLength(2);
  expect(screen.getAllByText('140 GiB')).toHaveLength(2);
  expect(screen.getAllByText('2 台的磁盘未定价')).toHaveLength(2);
  expect(calls.find(({ path }) => path === '/verdicts/savings')?.query.get('unit')).toBe('u1');
});

it('shows the disk, which may be all that speaks for more', async () => {
  open('/verdicts', [verdict('full-1', 93.4567), verdict('bare-1', null)]);
  const row = async (name: string) => (await screen.findByText(name)).closest('tr');
  expect(await row('full-1')).toHaveTextContent('93.46 %');
  expect(within((await row('bare-1')) as HTMLElement).getAllByText('未测得')).toHaveLength(2);
});

it('has the server sort by a column', async () => {
  const calls = open('/verdicts', [verdict('full-1', 93.4567)]);
  await screen.findByText('full-1');
  const sorts = () =>
    calls.filter(({ path }) => path === '/verdicts').map(({ query }) => query.get('sort'));
  const sort = () => {
    const [head] = screen.getAllByText('数据覆盖率');
    if (head) {
      fireEvent.click(head);
    }
  };
  sort();
  await waitFor(() => expect(sorts().at(-1)).toBe('coverage'));
  sort();
  await waitFor(() => expect(sorts().at(-1)).toBe('-coverage'));
});

it('says what the disks of a host that would be given back save, apart from its size', async () => {
  const idle: HostVerdict = {
    ...verdict('idle-1', null),
    verdicts: ['IDLE'],
    rightSize: {
      action: 'RECYCLE',
      vcpu: 0,
      memoryBytes: 0,
      size: null,
      savedYuanPerMonth: '300.00',
      diskBytes: 140 * 2 ** 30,
      savedDiskYuanPerMonth: '83.00',
    },
  };
  open('/verdicts', [idle]);
  expect(await screen.findByText('每月 300.00 元')).toBeInTheDocument();
  expect(screen.getByText('销毁后释放磁盘 140 GiB，每月 83.00 元')).toBeInTheDocument();
});
