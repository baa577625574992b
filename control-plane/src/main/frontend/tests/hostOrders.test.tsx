import { fireEvent, screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import { ApplyPage } from '@/features/applications/apply/ApplyPage';
import { HostsPage } from '@/features/hosts/HostsPage';
import type { Host } from '@/shared/api/hosts';
import { show } from './support/page';
import { application, host, person, pools, system } from './support/samples';
import { serve } from './support/server';

const me = person('APPLICATION_SUBMIT', 'HOST_READ', 'POOL_READ', 'REGISTER_READ');

function open(hosts: Host[]) {
  const calls = serve(({ method, path }) => {
    if (method === 'PUT') {
      return { body: application };
    }
    switch (path) {
      case '/me':
        return { body: me };
      case '/pools':
        return { body: { items: pools } };
      case '/hosts':
        return { body: { items: hosts, next: null, total: hosts.length } };
      case '/systems':
        return { body: { items: [system], next: null, total: 1 } };
      case `/systems/${system.id}`:
        return { body: system };
      case '/catalogue/images':
        return {
          body: {
            items: [{ ref: { code: 'kylin', version: 1 }, name: '麒麟', retired: false }],
          },
        };
      default:
        return undefined;
    }
  });
  show(
    <Routes>
      <Route path="/hosts" element={<HostsPage />} />
      <Route path="/applications/new" element={<ApplyPage />} />
    </Routes>,
    '/hosts',
  );
  return calls;
}

async function choose(count: number, kind: string) {
  await screen.findByText('school-0001');
  const rows = () => [...document.querySelectorAll('.ant-table-row .ant-checkbox-input')];
  await waitFor(() => expect(rows()).toHaveLength(count));
  for (const row of rows()) {
    fireEvent.click(row);
  }
  fireEvent.click(screen.getByText(`为所选申请（${count}）`));
  fireEvent.click(await screen.findByText(kind));
}

async function submitted(calls: ReturnType<typeof open>) {
  fireEvent.change(await screen.findByLabelText('用途'), { target: { value: '继续使用' } });
  await screen.findByText('额度充足');
  fireEvent.click(screen.getByText('提交申请'));
  return waitFor(() => {
    const sent = calls.find(
      ({ method, path, query }) =>
        method === 'PUT' && path.startsWith('/applications/') && query.get('validateOnly') === null,
    );
    expect(sent).toBeDefined();
    return sent?.body as { pool: string; items: unknown[] };
  });
}

it('renews every host of the selection by one application', async () => {
  const calls = open([host(1), host(2), host(3)]);
  await choose(3, '续期');
  expect(await screen.findAllByLabelText('延长（月）')).toHaveLength(3);
  const order = await submitted(calls);
  expect(order).toMatchObject({
    system: system.id,
    pool: 'extranet-ordinary',
    purpose: '继续使用',
    items: [1, 2, 3].map((number) => ({ kind: 'RENEWAL', host: host(number).id, months: 12 })),
  });
});

it('says that an application is of one system and pool, and opens none', async () => {
  open([host(1), host(2, { pool: 'extranet-domestic' })]);
  await choose(2, '退还');
  expect(
    await screen.findByText('一份申请只能包含同一系统、同一资源池的云主机，请调整选择'),
  ).toBeInTheDocument();
  expect(screen.getByText('school-0001')).toBeInTheDocument();
});

it('asks of a move where to, and for an image where the processors are others', async () => {
  const calls = open([host(1)]);
  await choose(1, '迁移资源池');
  fireEvent.mouseDown(await screen.findByLabelText('目标资源池'));
  fireEvent.click(await screen.findByText(/国产/, { selector: '.ant-select-item-option-content' }));
  fireEvent.click(screen.getByText('填写申请'));
  expect(await screen.findByText('处理器架构不同，请选择镜像')).toBeInTheDocument();
  fireEvent.mouseDown(screen.getByLabelText('镜像'));
  fireEvent.click(await screen.findByText('麒麟'));
  fireEvent.click(screen.getByText('填写申请'));
  const order = await submitted(calls);
  expect(order.pool).toBe('extranet-domestic');
  expect(order.items).toMatchObject([
    { kind: 'MOVE', host: host(1).id, image: 'kylin', fromPool: 'extranet-ordinary' },
  ]);
}, 60_000);
