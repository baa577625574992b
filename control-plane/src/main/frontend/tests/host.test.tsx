import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import { HostPage } from '@/features/hosts/HostPage';
import type { Host, HostSize } from '@/shared/api/hosts';
import type { Permission } from '@/shared/api/types';
import { show } from './support/page';
import { host, person, pools } from './support/samples';
import { serve, type Asked } from './support/server';

const runs = host(1, { life: 'IN_USE', phase: 'IN_USE' });

function size(code: string, vcpu: number, memoryGib: number, more: Partial<HostSize> = {}) {
  return {
    ref: { code, version: 1 },
    name: `规格 ${code}`,
    vcpu,
    memoryGib,
    gpus: null,
    processor: null,
    retired: false,
    ...more,
  };
}

const sizes = [
  size('g1', 1, 2),
  size('g8', 8, 16),
  size('d1', 1, 2, { processor: 'domestic' }),
  size('v1', 1, 2, { gpus: { model: 'a10', count: 1 } }),
  size('old', 1, 1, { retired: true }),
];

interface Differing {
  permissions?: Permission[];
  put?: (asked: Asked) => { status?: number; body: unknown };
}

function open(shown: Host, { permissions = ['HOST_READ'], put }: Differing = {}) {
  const calls = serve((asked) => {
    if (asked.method === 'PUT') {
      return put?.(asked) ?? { body: shown };
    }
    switch (asked.path) {
      case '/me':
        return { body: person('POOL_READ', ...permissions) };
      case '/pools':
        return {
          body: {
            items: pools.map((pool) => ({
              ...pool,
              rows: [
                ...pool.rows,
                {
                  resource: `storageBytes/${pool.processor === 'domestic' ? 'ssd' : 'nvme'}`,
                  capacity: 1,
                  committed: 0,
                  locked: 0,
                  free: 1,
                },
              ],
            })),
          },
        };
      case `/hosts/${shown.id}`:
        return { body: shown };
      case `/hosts/${shown.id}/steps`:
      case `/hosts/${shown.id}/migrations`:
        return { body: { items: [] } };
      case '/catalogue/sizes':
        return { body: { items: sizes } };
      default:
        return undefined;
    }
  });
  show(
    <Routes>
      <Route path="/hosts/:id" element={<HostPage />} />
    </Routes>,
    `/hosts/${shown.id}`,
  );
  return calls;
}

const puts = (calls: Asked[]) =>
  calls.filter(({ method, query }) => method === 'PUT' && query.get('validateOnly') === null);

const options = () =>
  [...document.querySelectorAll('.ant-select-item-option-content')].map((one) => one.textContent);

async function ask(command: string) {
  fireEvent.click(await screen.findByText('更多'));
  fireEvent.click(await screen.findByText(command));
  return within(await screen.findByRole('dialog'));
}

const migration = { id: 'm', state: 'CLOSING', surge: {}, since: '', from: null, to: null };

it('moves a host to another node only after a trial, and with a reason', async () => {
  const calls = open(runs, {
    permissions: ['HOST_READ', 'HOST_MIGRATE'],
    put: () => ({ body: migration }),
  });
  fireEvent.click(await screen.findByText('迁移到其他节点'));
  const dialog = within(await screen.findByRole('dialog'));
  const confirm = dialog.getByText('迁移到其他节点', { selector: 'button span' });
  await waitFor(() => expect(confirm.closest('button')).toBeEnabled());
  const trial = calls.find(({ query }) => query.get('validateOnly') === 'true');
  expect(trial?.path).toMatch(new RegExp(`^/hosts/${runs.id}/migrations/`));
  fireEvent.click(confirm);
  expect(await dialog.findByText('请填写理由')).toBeInTheDocument();
  expect(puts(calls)).toHaveLength(0);
  fireEvent.change(dialog.getByLabelText('理由'), { target: { value: '节点维护' } });
  fireEvent.click(confirm);
  await waitFor(() => expect(puts(calls)).toHaveLength(1));
  // What was tried is what is ordered.
  expect(puts(calls)[0]).toMatchObject({ path: trial?.path, body: { reason: '节点维护' } });
}, 60_000);

it('says before a reason is asked for why a host cannot be moved', async () => {
  const calls = open(runs, {
    permissions: ['HOST_READ', 'HOST_MIGRATE'],
    put: () => ({
      status: 409,
      body: { code: 'QUOTA_SHORT', title: '配额不足', detail: '基础设施账户不足' },
    }),
  });
  fireEvent.click(await screen.findByText('迁移到其他节点'));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText(/基础设施账户不足/)).toBeInTheDocument();
  const confirm = dialog.getByText('迁移到其他节点', { selector: 'button span' });
  expect(confirm.closest('button')).toBeDisabled();
  expect(puts(calls)).toHaveLength(0);
});

it.each([
  ['somebody who may not', runs, []],
  ['one that stands still', { ...runs, state: 'STOPPED' as const }, ['HOST_MIGRATE' as const]],
  [
    'one with a graphics processor',
    { ...runs, gpus: { model: 'a10', count: 1 } },
    ['HOST_MIGRATE' as const],
  ],
])('offers no other node to %s', async (_, shown, permissions) => {
  open(shown, { permissions: ['HOST_READ', ...permissions] });
  await screen.findByText('停止');
  expect(screen.queryByText('迁移到其他节点')).toBeNull();
});

it('resizes by a size of the catalogue that fits, whose figures nobody types', async () => {
  const calls = open(runs);
  const dialog = await ask('变更规格');
  fireEvent.mouseDown(await dialog.findByLabelText('目录规格'));
  await screen.findByText('规格 g1');
  // Not the larger one, nor another family's, nor one with what this host has not, nor a retired.
  expect(options()).toEqual(['规格 g1']);
  fireEvent.click(screen.getByText('规格 g1'));
  await waitFor(() => expect(dialog.getByLabelText('vCPU')).toHaveValue('1'));
  expect(dialog.getByLabelText('内存（GiB）')).toHaveValue('2');
  expect(dialog.getByLabelText('vCPU')).toBeDisabled();
  fireEvent.click(dialog.getByText('变更规格', { selector: 'button span' }));
  await waitFor(() => expect(puts(calls)).toHaveLength(1));
  expect(puts(calls)[0]?.body).toMatchObject({ kind: 'RESIZE', size: 'g1' });
  expect(puts(calls)[0]?.headers.get('If-Match')).toBe('"4"');
}, 60_000);

it('offers larger sizes to whoever may make hosts larger', async () => {
  open({ ...runs, commands: ['STOP', 'RESIZE', 'ADD_DISK'] });
  const dialog = await ask('变更规格');
  fireEvent.mouseDown(await dialog.findByLabelText('目录规格'));
  await screen.findByText('规格 g8');
  expect(options()).toEqual(['规格 g1', '规格 g8']);
}, 60_000);

it('offers the storage classes of the pool that a host is in, and no other', async () => {
  const calls = open({
    ...runs,
    storageClass: 'nvme',
    commands: ['STOP', 'RESIZE', 'ADD_DISK'],
  });
  const dialog = await ask('增加磁盘');
  fireEvent.mouseDown(await dialog.findByLabelText('存储类型'));
  await waitFor(() => expect(options()).toEqual(['nvme']));
  fireEvent.click(dialog.getByText('增加磁盘', { selector: 'button span' }));
  await waitFor(() => expect(puts(calls)).toHaveLength(1));
  expect(puts(calls)[0]?.body).toMatchObject({
    kind: 'ADD_DISK',
    diskGib: 100,
    storageClass: 'nvme',
  });
}, 60_000);

it('proposes to destroy what its term has moved to the recycle bin, by the name and a reason', async () => {
  const retired = host(1, {
    life: 'RECYCLE_BIN',
    phase: 'RECYCLE_BIN',
    state: 'STOPPED',
    commands: ['PROPOSE_DESTRUCTION'],
  });
  const calls = open(retired, { permissions: ['HOST_READ', 'HOST_DESTROY'] });
  fireEvent.click(await screen.findByRole('button', { name: '提出销毁' }));
  const dialog = within(await screen.findByRole('dialog'));
  const send = () => fireEvent.click(dialog.getByRole('button', { name: '提出销毁' }));
  send();
  expect(await dialog.findByText('请填写理由')).toBeInTheDocument();
  fireEvent.change(dialog.getByLabelText('理由'), { target: { value: '到期未续' } });
  fireEvent.change(dialog.getByLabelText(/输入/), { target: { value: retired.name } });
  send();
  await waitFor(() => expect(puts(calls)).toHaveLength(1));
  expect(puts(calls)[0]?.path).toMatch(new RegExp(`^/hosts/${retired.id}/destruction-proposals/`));
  expect(puts(calls)[0]?.body).toEqual({ reason: '到期未续' });
}, 60_000);
