import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { draftsOf, open, type, typed } from './support/apply';
import { application, pools, system } from './support/samples';

const resize = {
  kind: 'RESIZE' as const,
  host: '0199eeee-0000-7000-8000-000000000001',
  hostName: 'school-0001',
  storageClass: 'ssd' as const,
  vcpu: 8,
  memoryGib: 16,
  before: { vcpu: 4, memoryGib: 8 },
};
const disk = {
  kind: 'DISK' as const,
  host: '0199eeee-0000-7000-8000-000000000005',
  hostName: 'school-0005',
  storageClass: 'hdd' as const,
  diskGib: 300,
};
const renewal = {
  kind: 'RENEWAL' as const,
  host: '0199eeee-0000-7000-8000-000000000002',
  hostName: 'school-0002',
  storageClass: 'ssd' as const,
  months: 6,
};
const giveBack = {
  kind: 'RETURN' as const,
  host: '0199eeee-0000-7000-8000-000000000003',
  hostName: 'school-0003',
  storageClass: 'ssd' as const,
};
const move = {
  kind: 'MOVE' as const,
  host: '0199eeee-0000-7000-8000-000000000004',
  hostName: 'school-0004',
  storageClass: 'ssd' as const,
  vcpu: 2,
  memoryGib: 4,
  diskGib: 40,
  fromPool: 'extranet-ordinary',
  disks: [{ position: 1, bytes: 10 * 2 ** 30, storageClass: 'hdd' }],
};
const everyKind = [
  ...application.items,
  { kind: 'NAMESPACE', cpu: 8, memoryGib: 16, storageGib: 100, storageClass: 'ssd' } as const,
  resize,
  disk,
  renewal,
  giveBack,
  move,
];

it('revises every kind of item: none is lost, those of hosts can be changed', async () => {
  const returned = {
    ...application,
    state: 'RETURNED' as const,
    commands: ['SUBMIT' as const],
    items: everyKind,
  };
  const calls = open(() => ({ body: application }), {
    at: `/applications/new?revise=${application.id}`,
    more: ({ method, path }) =>
      method === 'GET' && path === `/applications/${application.id}`
        ? { body: returned }
        : undefined,
  });
  expect(await screen.findByText('school-0001')).toBeInTheDocument();
  expect(screen.getByText('现有 4 vCPU、内存 8 GiB')).toBeInTheDocument();
  expect(screen.getByText('school-0003')).toBeInTheDocument();
  fireEvent.change(screen.getByLabelText('延长（月）'), { target: { value: '9' } });
  await screen.findByText('额度充足');
  fireEvent.click(screen.getByText('重新提交'));
  await waitFor(() => {
    const sent = calls.find(
      ({ method, query }) => method === 'POST' && query.get('validateOnly') === null,
    );
    expect(sent?.body).toMatchObject({
      items: everyKind.map((item) => (item === renewal ? { ...renewal, months: 9 } : item)),
    });
  });
});

it.each([
  [
    'a copy',
    `/applications/new?draft=0199dddd-0000-7000-8000-000000000002&copy=${application.id}`,
    `/applications/${application.id}`,
    { ...application, items: everyKind },
  ],
  [
    'a draft',
    '/applications/new?draft=0199dddd-0000-7000-8000-000000000002',
    '/drafts/0199dddd-0000-7000-8000-000000000002',
    {
      id: '0199dddd-0000-7000-8000-000000000002',
      version: 2,
      content: { system: system.id, pool: pools[0]?.id, termMonths: 12, items: everyKind },
      savedBy: { id: 'p2', name: '李静' },
      savedAt: '2026-11-24T02:00:00Z',
      revises: null,
    },
  ],
])('keeps every kind of item in %s, and saves them all', async (_, at, from, body) => {
  const calls = open(() => ({ body: application }), {
    at,
    more: ({ method, path }) =>
      method === 'GET' && path === from
        ? { body }
        : method === 'GET' && path.startsWith('/drafts/')
          ? { status: 404, body: {} }
          : undefined,
  });
  expect(await screen.findByText('school-0002')).toBeInTheDocument();
  await type();
  await waitFor(() =>
    expect(draftsOf(calls).at(-1)?.body).toMatchObject({ purpose: typed, items: everyKind }),
  );
});

it('shows what the server refuses of a host at its item', async () => {
  open(
    () => ({
      status: 422,
      body: {
        code: 'INVALID',
        errors: [{ pointer: '/items/5/host', code: 'NO_SUCH_HOST', detail: '没有这台主机' }],
      },
    }),
    {
      at: `/applications/new?revise=${application.id}`,
      more: ({ method, path }) =>
        method === 'GET' && path === `/applications/${application.id}`
          ? {
              body: { ...application, state: 'RETURNED', commands: ['SUBMIT'], items: everyKind },
            }
          : undefined,
    },
  );
  const host = await screen.findByText('school-0003');
  await waitFor(() => {
    expect(host.closest('.ant-form-item')).toHaveTextContent('没有这台主机');
  });
});
