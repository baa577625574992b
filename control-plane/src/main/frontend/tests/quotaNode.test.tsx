import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { AddResource } from '@/features/quota/AddResource';
import { RefusalsTab } from '@/features/quota/node/RefusalsTab';
import { StandingTable } from '@/features/quota/node/StandingTable';
import type { QuotaNode, QuotaNodeRow, Refusal } from '@/shared/api/quota';
import type { Shortfall } from '@/shared/api/types';
import { show, there } from './support/page';
import { serve } from './support/server';

const row: QuotaNodeRow = {
  resource: 'cpuMillis',
  guaranteed: 100_000,
  ceiling: 100_000,
  committed: 60_000,
  handedOut: 60_000,
  granted: 20_000,
  locked: 8_000,
  used: 5_000,
  free: 40_000,
  debt: 0,
  debtSince: null,
};
const pool: QuotaNode = {
  node: { id: 'n1', kind: 'POOL', name: 'extranet-ordinary' },
  pool: 'extranet-ordinary',
  parent: null,
  version: 1,
  children: 2,
  unit: null,
  system: null,
  rows: [row, { ...row, resource: 'publicIps', ceiling: null, free: null }],
};
const unit: QuotaNode = {
  ...pool,
  node: { id: 'n2', kind: 'UNIT', name: '江门市教育局' },
  parent: 'n1',
};

const refusal: Refusal = {
  at: '2026-11-24T02:03:04Z',
  transfer: 't1',
  phase: 'PENDING',
  asked: [
    {
      leaf: { id: 'n3', kind: 'SYSTEM', name: '学籍管理系统' },
      amounts: { 'gpus/a10': 2, cpuMillis: 8000 },
    },
  ],
  shortfalls: [
    {
      node: unit.node,
      resource: 'cpuMillis',
      asked: 8000,
      free: 3000,
      missing: 5000,
      holders: [{ node: { id: 'n4', kind: 'SYSTEM', name: '办事大厅' }, amount: 17_000 }],
      others: 1000,
    },
  ],
};

function refusals(items: Refusal[], more: object = {}) {
  return serve(({ path }) =>
    path === `/quota/nodes/${unit.node.id}/refusals`
      ? { body: { items, next: null, total: items.length, ...more } }
      : undefined,
  );
}

it('lists what was refused at a node: when, who asked for what, and what was short', async () => {
  refusals([refusal, { ...refusal, transfer: 't2', phase: 'LIMIT', asked: [] }]);
  show(<RefusalsTab node={unit} />);
  await screen.findByText('学籍管理系统');
  const [, first, second] = screen.getAllByRole('row');
  const told = within(there(first));
  // In the time of Beijing, to the second.
  expect(first).toHaveTextContent('10:03:04');
  expect(told.getByText('申请')).toBeInTheDocument();
  expect(told.getByRole('link', { name: '学籍管理系统' })).toHaveAttribute('href', '/quota/n3');
  expect(first).toHaveTextContent(/处理器 8 vCPU.*图形处理器（A10） 2/);
  expect(first).toHaveTextContent(/江门市教育局.*处理器.*5 vCPU/);
  expect(second).toHaveTextContent('调整限额');
  expect(second).toHaveTextContent('—');
});

it('opens a refusal to who held the rest then', async () => {
  refusals([refusal]);
  const user = userEvent.setup();
  show(<RefusalsTab node={unit} />);
  await screen.findByRole('link', { name: '学籍管理系统' });
  expect(screen.queryByText('办事大厅')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: /展开|Expand/ }));
  const holder = (await screen.findByText('办事大厅')).closest('li');
  expect(holder).toHaveTextContent('17 vCPU');
});

it('says who held the rest at a system: its leases, orders, and what is not named', async () => {
  const short: Shortfall = {
    node: { id: 'n3', kind: 'SYSTEM', name: '学籍管理系统' },
    resource: 'cpuMillis',
    asked: 8000,
    free: 0,
    missing: 8000,
    holders: [],
    leases: [{ cluster: 'east', namespace: 'xueji-prod', amount: 8000 }],
    locks: [{ application: { id: 'a1', number: 'SQ-7' }, amount: 4000 }],
    others: 0,
  };
  const unnamed = { ...short, resource: 'hosts', leases: [], locks: [], others: 12 };
  refusals([{ ...refusal, shortfalls: [short, unnamed] }]);
  const user = userEvent.setup();
  show(<RefusalsTab node={unit} />);
  await user.click(await screen.findByRole('button', { name: /展开|Expand/ }));
  const lease = (await screen.findByText(/xueji-prod/)).closest('li');
  expect(lease).toHaveTextContent('8 vCPU');
  expect(screen.getByText(/SQ-7/).closest('li')).toHaveTextContent('4 vCPU');
  expect(screen.getByText('未列明的租约和申请合计').closest('li')).toHaveTextContent('12');
  expect(screen.queryByText(/没有其他占用|其他单位/)).not.toBeInTheDocument();
});

it('pages on by the cursor of the server', async () => {
  const calls = refusals([refusal], { next: 'c2', total: 40 });
  const user = userEvent.setup();
  show(<RefusalsTab node={unit} />);
  await screen.findByRole('link', { name: '学籍管理系统' });
  await user.click(screen.getByRole('button', { name: '下一页' }));
  await waitFor(() => expect(calls.at(-1)?.query.get('cursor')).toBe('c2'));
});

function table(items: { code: string; classes: boolean }[]) {
  serve(({ path }) => (path === '/quota/resources' ? { body: { items } } : undefined));
}

async function choose(name: string) {
  fireEvent.mouseDown(screen.getByLabelText('其他资源'));
  const options = await screen.findAllByText(name);
  fireEvent.click(there(options.at(-1)));
}

it('adds a resource of the table that is not there yet, and no other', async () => {
  table([
    { code: 'publicIps', classes: false },
    { code: 'pods', classes: false },
    { code: 'cpuMillis', classes: false },
  ]);
  const add = vi.fn();
  show(<AddResource present={['cpuMillis']} offers={(code) => code !== 'pods'} onAdd={add} />);
  const button = screen.getByRole('button', { name: '添加' });
  expect(button).toBeDisabled();
  fireEvent.mouseDown(screen.getByLabelText('其他资源'));
  const [address] = await screen.findAllByText('公网地址');
  expect(screen.queryByText('容器组数')).not.toBeInTheDocument();
  expect(screen.queryByText('处理器')).not.toBeInTheDocument();
  fireEvent.click(there(address));
  fireEvent.click(button);
  expect(add).toHaveBeenCalledExactlyOnceWith('publicIps');
  expect(button).toBeDisabled();
});

it('asks for the class where there is one for each, and takes none that is there or is none', async () => {
  table([{ code: 'storageBytes', classes: true }]);
  const add = vi.fn();
  show(<AddResource present={['storageBytes/ssd']} onAdd={add} />);
  await waitFor(() => expect(screen.getByRole('combobox')).toBeEnabled());
  await choose('某类存储');
  const button = screen.getByRole('button', { name: '添加' });
  const variant = await screen.findByLabelText('存储类');
  for (const bad of ['ssd', 'SSD', '', 'a b']) {
    fireEvent.change(variant, { target: { value: bad } });
    expect(button).toBeDisabled();
  }
  fireEvent.change(variant, { target: { value: ' hdd ' } });
  fireEvent.click(button);
  expect(add).toHaveBeenCalledExactlyOnceWith('storageBytes/hdd');
});

it('says of a pool what is left now, after all locks, and what of it is promised', () => {
  const select = vi.fn();
  show(<StandingTable node={pool} selected="cpuMillis" onSelect={select} />);
  const [, cpu, addresses] = screen.getAllByRole('row');
  const left = within(there(cpu)).getAllByRole('cell').at(-1);
  // 100 of capacity, 20 granted, 8 locked, and 40 free of the 72 for whoever comes.
  expect(left).toHaveTextContent('80 vCPU72 vCPU其中已保障 32 vCPU');
  const unbounded = within(there(addresses)).getAllByRole('cell').at(-1);
  expect(unbounded).toHaveTextContent(/^不限不限$/);
  expect(within(there(cpu)).getByRole('radio')).toBeChecked();
  fireEvent.click(there(addresses));
  expect(select).toHaveBeenCalledWith('publicIps');
});

it('says nothing of what is left of a pool at a unit', () => {
  show(<StandingTable node={unit} selected="cpuMillis" onSelect={vi.fn()} />);
  expect(screen.queryByText('其中已保障 32 vCPU')).not.toBeInTheDocument();
  expect(screen.getByText('60 vCPU')).toBeInTheDocument();
});
