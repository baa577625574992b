import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ApplyPage } from '@/features/applications/apply/ApplyPage';
import { readDraft } from '@/features/applications/apply/draft';
import { show } from './support/page';
import { application, person, pools, system } from './support/samples';
import { serve, type Asked } from './support/server';

const me = person('APPLICATION_SUBMIT', 'POOL_READ', 'REGISTER_READ');

const short = {
  code: 'QUOTA_SHORT',
  title: '额度不足',
  shortfalls: [
    {
      node: { id: 'n', kind: 'UNIT', name: '江门市教育局' },
      resource: 'cpuMillis',
      asked: 40_000,
      free: 12_000,
      missing: 28_000,
      holders: [{ node: { id: 's', kind: 'SYSTEM', name: '校园视频平台' }, amount: 88_000 }],
    },
  ],
};

function open(put: (asked: Asked) => { status?: number; body: unknown }) {
  const calls = serve((asked) => {
    if (asked.method === 'PUT') {
      return put(asked);
    }
    switch (asked.path) {
      case '/me':
        return { body: me };
      case '/pools':
        return { body: { items: pools } };
      case '/systems':
        return { body: { items: [system], next: null, total: 1 } };
      case `/systems/${system.id}`:
        return { body: system };
      case `/systems/${system.id}/quota`:
        return { body: { path: [] } };
      default:
        return undefined;
    }
  });
  show(<ApplyPage />, `/applications/new?system=${system.id}`);
  return calls;
}

it('says that an order fits, without having created anything', async () => {
  const calls = open(() => ({ body: application }));
  expect(await screen.findByText('额度充足')).toBeInTheDocument();
  const puts = calls.filter(({ method }) => method === 'PUT');
  expect(puts.every(({ query }) => query.get('validateOnly') === 'true')).toBe(true);
  // A UUID of version 7, made here.
  expect(puts[0]?.path).toMatch(/^\/applications\/[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

it('says which level is short of what, by how much, and who holds the rest', async () => {
  open(() => ({ status: 409, body: short }));
  expect(await screen.findByText('单位「江门市教育局」的处理器不足')).toBeInTheDocument();
  expect(screen.getByText('28 vCPU')).toBeInTheDocument();
  expect(screen.getByText('校园视频平台')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: '提交申请' })).toBeDisabled();
});

it('says how much fits and who is idle, and puts the smaller order into the form', async () => {
  const smaller = {
    kind: 'HOSTS',
    count: 3,
    vcpu: 4,
    memoryGib: 8,
    diskGib: 100,
    storageClass: 'ssd',
  };
  open(({ body }) =>
    JSON.stringify(body).includes('"count":3')
      ? { body: application }
      : {
          status: 409,
          body: {
            ...short,
            shortfalls: short.shortfalls.map((one) => ({
              ...one,
              others: 2_000,
              idle: {
                leases: [
                  {
                    system: 's',
                    systemName: '校园视频平台',
                    cluster: 'north',
                    namespace: 'campus-video',
                    amount: 6_000,
                  },
                ],
                others: 9_000,
              },
            })),
            wayOut: {
              fits: { cpuMillis: 12_000 },
              items: [{ ...smaller, cpu: null, storageGib: null }],
              limits: {},
            },
          },
        },
  );
  expect(await screen.findByText('现在最多可满足：12 vCPU')).toBeInTheDocument();
  expect(screen.getByText('校园视频平台（campus-video）')).toBeInTheDocument();
  expect(screen.getByText('9 vCPU')).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: '按此数量填写' }));
  expect(await screen.findByText('额度充足')).toBeInTheDocument();
  expect(screen.getByLabelText('数量（台）')).toHaveValue('3');
});

it('shows what the server refuses at its field', async () => {
  open(() => ({
    status: 422,
    body: {
      code: 'INVALID',
      errors: [{ pointer: '/items/0/count', code: 'TOO_LARGE', detail: '一次最多 200 台' }],
    },
  }));
  const field = await screen.findByLabelText('数量（台）');
  await waitFor(() => {
    expect(field.closest('.ant-form-item')).toHaveTextContent('一次最多 200 台');
  });
});

it('keeps what was entered, and its id, until it is submitted', async () => {
  open(() => ({ body: application }));
  fireEvent.change(await screen.findByLabelText('用途'), { target: { value: '开学报名扩容' } });
  await waitFor(() => expect(readDraft(me.id)?.values.purpose).toBe('开学报名扩容'));
  expect(readDraft(me.id)?.id).toMatch(/-7[0-9a-f]{3}-/);
});
