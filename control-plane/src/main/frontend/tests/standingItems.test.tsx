import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import { ApplyPage } from '@/features/applications/apply/ApplyPage';
import { NamespacesCard } from '@/features/namespaces/NamespacesCard';
import type { SystemNamespace } from '@/shared/api/namespaces';
import { show } from './support/page';
import { application, person, pools, system } from './support/samples';
import { serve, type Asked } from './support/server';

const GIB = 2 ** 30;
const me = person('APPLICATION_SUBMIT', 'NAMESPACE_READ', 'POOL_READ', 'REGISTER_READ');
const namespace: SystemNamespace = {
  cluster: 'c1',
  namespace: 'school-extranet-o',
  pool: 'extranet-ordinary',
  enforced: true,
  grants: [],
  reason: null,
  observed: null,
  closing: false,
  room: {
    entitled: { cpuMillis: 8000, memoryBytes: 16 * GIB, 'storageBytes/hdd': 100 * GIB },
    kept: {},
    used: { cpuMillis: 2500, memoryBytes: 4 * GIB },
    free: { cpuMillis: 5500, memoryBytes: 12 * GIB, 'storageBytes/hdd': 100 * GIB },
  },
};
const internet = { ...pools[0], id: 'internet-ordinary', zone: 'internet' };

function open(
  at: string,
  { of = namespace, answer }: { of?: SystemNamespace; answer?: (asked: Asked) => unknown } = {},
) {
  const calls = serve((asked) => {
    const { method, path } = asked;
    if (method === 'PUT' && path.startsWith('/applications/')) {
      return (answer?.(asked) as { body: unknown } | undefined) ?? { body: application };
    }
    switch (path) {
      case '/me':
        return { body: me };
      case '/pools':
        return { body: { items: [...pools, internet] } };
      case '/systems':
        return { body: { items: [system], next: null, total: 1 } };
      case `/systems/${system.id}`:
        return { body: system };
      case `/systems/${system.id}/quota`:
        return { body: { path: [] } };
      case `/systems/${system.id}/namespaces`:
        return { body: { items: [of] } };
      default:
        return undefined;
    }
  });
  show(
    <Routes>
      <Route path="/systems" element={<NamespacesCard system={system} />} />
      <Route path="*" element={<ApplyPage />} />
    </Routes>,
    at,
  );
  return {
    tried: () => calls.filter(({ query }) => query.get('validateOnly') === 'true').at(-1)?.body,
  };
}

it('hands back what is free of a namespace, or all of it', async () => {
  const { tried } = open('/systems');
  expect(await screen.findByText(/已用 2.5 vCPU \/ 8 vCPU/)).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: '退还' }));
  await waitFor(() => {
    expect(tried()).toMatchObject({
      system: system.id,
      pool: 'extranet-ordinary',
      items: [
        {
          kind: 'NAMESPACE_RETURN',
          cluster: 'c1',
          whole: false,
          cpu: 5,
          memoryGib: 12,
          storageGib: 100,
          storageClass: 'hdd',
        },
      ],
    });
  });
  fireEvent.click(screen.getByLabelText('整个命名空间'));
  expect(await screen.findByText(/其中须已清空/)).toBeInTheDocument();
  await waitFor(() => {
    expect(tried()).toMatchObject({
      items: [{ kind: 'NAMESPACE_RETURN', cluster: 'c1', whole: true }],
    });
  });
});

it('asks for a term as long as hosts are made, and for nothing else', async () => {
  const { tried } = open('/systems');
  fireEvent.click(await screen.findByRole('button', { name: '退还' }));
  await waitFor(() => expect(tried()).toMatchObject({ items: [{ kind: 'NAMESPACE_RETURN' }] }));
  expect(tried()).not.toHaveProperty('termMonths');
  expect(screen.queryByLabelText('使用期限（月）')).toBeNull();
  fireEvent.click(screen.getByText('添加容器命名空间'));
  fireEvent.click(screen.getByText('增加单位额度'));
  await waitFor(() =>
    expect(tried()).toMatchObject({ items: [{}, { kind: 'NAMESPACE' }, { kind: 'QUOTA' }] }),
  );
  expect(tried()).not.toHaveProperty('termMonths');
  fireEvent.click(screen.getByText('添加云主机'));
  expect(await screen.findByLabelText('使用期限（月）')).toHaveValue('12');
  await waitFor(() => expect(tried()).toMatchObject({ termMonths: 12, items: [{}, {}, {}, {}] }));
  fireEvent.click(screen.getByLabelText('移除第 4 项'));
  await waitFor(() => expect(tried()).not.toHaveProperty('termMonths'));
  expect(screen.queryByLabelText('使用期限（月）')).toBeNull();
}, 60_000);

it('hands nothing back of a namespace that is being handed back', async () => {
  open('/systems', { of: { ...namespace, closing: true } });
  expect(await screen.findByText('退还中')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '退还' })).not.toBeInTheDocument();
});

it('offers the pools of other zones to a system that changes its zone', async () => {
  const { tried } = open(`/applications/new?system=${system.id}`);
  await screen.findByText('变更系统网络区域');
  fireEvent.click(screen.getByLabelText('移除第 1 项'));
  fireEvent.click(screen.getByText('变更系统网络区域'));
  await waitFor(() => {
    expect(tried()).toMatchObject({
      pool: 'internet-ordinary',
      items: [{ kind: 'ZONE', fromZone: 'extranet' }],
    });
  });
  expect(screen.getByRole('button', { name: /变更系统网络区域/ })).toBeDisabled();
});

it('leads from a unit that is short to an application for more of its quota', async () => {
  const shortfall = {
    node: { id: 'n1', kind: 'UNIT', name: system.unit.name },
    resource: 'cpuMillis',
    asked: 8000,
    free: 2500,
    missing: 5500,
    holders: [],
  };
  const { tried } = open(`/applications/new?system=${system.id}`, {
    answer: ({ body }) =>
      JSON.stringify(body).includes('QUOTA')
        ? undefined
        : {
            status: 409,
            body: { status: 409, code: 'QUOTA_SHORT', title: '额度不足', shortfalls: [shortfall] },
          },
  });
  fireEvent.click(await screen.findByText('申请增加单位额度'));
  await waitFor(() => {
    expect(tried()).toMatchObject({
      items: [{ kind: 'QUOTA', cpu: 6, memoryGib: 0, storageGib: 0 }],
    });
  });
  const card = screen.getByRole('region', { name: /增加单位额度/ });
  expect(within(card).getByLabelText('vCPU 合计')).toHaveValue('6');
});
