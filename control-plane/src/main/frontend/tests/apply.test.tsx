import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { listLocal } from '@/features/applications/apply/localDraft';
import { draftsOf, me, open, saved, type, typed } from './support/apply';
import { application, system } from './support/samples';

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

it('says that an order fits, without having created anything', async () => {
  const calls = open(() => ({ body: application }));
  expect(await screen.findByText('额度充足')).toBeInTheDocument();
  const puts = calls.filter(
    ({ method, path }) => method === 'PUT' && path.startsWith('/applications/'),
  );
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
  // Whoever hands it in asks them to give it back.
  expect(screen.getByRole('button', { name: '提交申请' })).toBeEnabled();
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

it('saves what is typed on the server under its id, and nothing before', async () => {
  const calls = open(() => ({ body: application }));
  await screen.findByText('额度充足');
  expect(draftsOf(calls)).toEqual([]);
  await type();
  expect(await screen.findByText(/^已保存/)).toBeInTheDocument();
  const [draft] = draftsOf(calls);
  expect(draft?.path).toMatch(/^\/drafts\/[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(draft?.headers.has('If-Match')).toBe(false);
  expect(draft?.body).toMatchObject({ purpose: typed, system: system.id });
  await type('再改');
  await waitFor(() => expect(draftsOf(calls)[1]?.headers.get('If-Match')).toBe('"1"'));
  expect(listLocal(me.id)).toEqual([]);
});

it('keeps on this computer what the server cannot take', async () => {
  open(() => ({ body: application }), { draft: () => ({ status: 503, body: {} }) });
  await type();
  expect(await screen.findByText(/服务器暂时无法连接/)).toBeInTheDocument();
  expect(listLocal(me.id)[0]?.values.purpose).toBe(typed);
});

it('tells of a colleague who saved meanwhile, and loses neither text', async () => {
  const id = '0199dddd-0000-7000-8000-000000000001';
  const theirs = {
    id,
    version: 7,
    content: { system: system.id, purpose: '同事写的', termMonths: 6, items: [] },
    savedBy: { id: 'p2', name: '李静' },
    savedAt: '2026-11-24T02:00:00Z',
    revises: null,
  };
  const calls = open(() => ({ body: application }), {
    at: `/applications/new?draft=${id}`,
    draft: (asked) =>
      asked.headers.get('If-Match') === '"7"'
        ? saved(asked, 8)
        : { status: 412, body: { code: 'STALE_VERSION' } },
    more: ({ method, path }) =>
      method === 'GET' && path === `/drafts/${id}`
        ? { body: draftsOf(calls).length > 0 ? theirs : { ...theirs, version: 6 } }
        : undefined,
  });
  await type();
  expect(await screen.findByText(/李静 已于 .* 保存了另一份内容/)).toBeInTheDocument();
  expect(screen.getByLabelText('用途')).toHaveValue(typed);
  expect(listLocal(me.id)[0]?.values.purpose).toBe(typed);
  expect(screen.getByRole('button', { name: '另存为新草稿' })).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: '用我的内容覆盖' }));
  expect(await screen.findByText(/^已保存/)).toBeInTheDocument();
  expect(listLocal(me.id)).toEqual([]);
});

it('revises what was returned: filled in, with the reason, and handed in as a revision', async () => {
  const returned = {
    ...application,
    state: 'RETURNED' as const,
    commands: ['SUBMIT' as const],
    timeline: [
      {
        at: '2026-11-24T02:00:00Z',
        revision: 1,
        actor: { id: 'p3', name: '周敏' },
        onBehalfOf: null,
        other: null,
        command: 'RETURN',
        from: 'TECH_REVIEW' as const,
        to: 'RETURNED' as const,
        opinion: null,
        note: '请说明并发量',
      },
    ],
  };
  const calls = open(() => ({ body: application }), {
    at: `/applications/new?revise=${application.id}`,
    more: ({ method, path }) =>
      method === 'GET' && path === `/applications/${application.id}`
        ? { body: returned }
        : undefined,
  });
  expect(await screen.findByText('请说明并发量')).toBeInTheDocument();
  expect(screen.getByLabelText('用途')).toHaveValue(application.purpose);
  expect(screen.getByLabelText('数量（台）')).toHaveValue('2');
  await screen.findByText('额度充足');
  fireEvent.click(screen.getByRole('button', { name: '重新提交' }));
  await waitFor(() => {
    const sent = calls.find(
      ({ method, query }) => method === 'POST' && query.get('validateOnly') === null,
    );
    expect(sent?.path).toBe(`/applications/${application.id}/submissions`);
    expect(sent?.headers.get('If-Match')).toBe('"3"');
  });
});
