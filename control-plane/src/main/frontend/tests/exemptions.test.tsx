import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ExemptionsPage } from '@/features/exemptions/ExemptionsPage';
import type { Exemption } from '@/shared/api/exemptions';
import { show } from './support/page';
import { person } from './support/samples';
import { serve } from './support/server';

const me = { ...person('HOST_READ', 'EXEMPTION_APPROVE'), unit: null };
const inForce: Exemption = {
  id: 'e1',
  host: { id: 'h1', name: 'backup-0001' },
  unit: 'u1',
  kind: 'DISASTER_RECOVERY',
  reason: '灾备主机',
  from: '2026-10-01',
  until: '2026-12-31',
  state: 'APPROVED',
  inForce: true,
  applicant: { id: 'p2', name: '李静' },
  decidedBy: { id: 'p3', name: '周敏' },
  decisionReason: null,
  ended: null,
};
const ended = {
  on: '2026-11-20',
  by: { id: 'p4', name: '陈工' },
  reason: '灾备已迁走',
};

function open(items: Exemption[], post?: { status?: number; body: unknown }, who: unknown = me) {
  const calls = serve(({ method, path }) => {
    if (method === 'POST') {
      return post;
    }
    switch (path) {
      case '/me':
        return { body: who };
      case '/exemptions':
        return { body: { items, next: null, total: items.length } };
      default:
        return undefined;
    }
  });
  show(<ExemptionsPage />, '/exemptions');
  return { calls, said: () => calls.filter(({ method }) => method === 'POST') };
}

async function ask() {
  fireEvent.click(await screen.findByRole('button', { name: '提前结束' }));
  return screen.findByRole('dialog');
}

it('ends an exemption early only with a reason, and looks at the list again', async () => {
  const { calls, said } = open([inForce], { body: { ...inForce, inForce: false, ended } });
  const dialog = await ask();
  expect(within(dialog).getByText(/backup-0001/)).toBeInTheDocument();
  const button = within(dialog).getByRole('button', { name: '提前结束' });
  fireEvent.click(button);
  expect(await within(dialog).findByText('请填写')).toBeInTheDocument();
  expect(said()).toEqual([]);

  const before = calls.filter(({ path }) => path === '/exemptions').length;
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: ' 灾备已迁走 ' } });
  fireEvent.click(button);
  await waitFor(() => {
    expect(said().map(({ path, body }) => ({ path, body }))).toEqual([
      { path: '/exemptions/e1/end', body: { reason: '灾备已迁走' } },
    ]);
  });
  await waitFor(() => {
    expect(calls.filter(({ path }) => path === '/exemptions').length).toBeGreaterThan(before);
  });
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

it('leaves the reason where it was typed when the server refuses', async () => {
  open([inForce], {
    status: 409,
    body: { status: 409, code: 'ILLEGAL_TRANSITION', title: '现在不能这样做', detail: '已终止' },
  });
  const dialog = await ask();
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: '灾备已迁走' } });
  fireEvent.click(within(dialog).getByRole('button', { name: '提前结束' }));
  expect(await screen.findByText('现在不能这样做')).toBeInTheDocument();
  expect(within(dialog).getByRole('textbox')).toHaveValue('灾备已迁走');
});

it('tells when, by whom and why it was ended, and ends it no more', async () => {
  open([{ ...inForce, ended }]);
  expect(await screen.findByText(/2026-11-20.*陈工.*灾备已迁走/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '提前结束' })).not.toBeInTheDocument();
});

it.each([
  ['is not in force', me, { ...inForce, inForce: false }],
  ['was rejected', me, { ...inForce, state: 'REJECTED' as const, inForce: false }],
  ['is looked at by somebody who does not decide', person('HOST_READ'), inForce],
])('offers no early end of one that %s', async (_, who, exemption) => {
  open([exemption], undefined, who);
  expect(await screen.findByText('backup-0001')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '提前结束' })).not.toBeInTheDocument();
});

it('has the server sort by a column', async () => {
  const { calls } = open([inForce]);
  await screen.findByText('backup-0001');
  const sorts = () =>
    calls.filter(({ path }) => path === '/exemptions').map(({ query }) => query.get('sort'));
  const [head] = screen.getAllByText('期限');
  if (head) {
    fireEvent.click(head);
  }
  await waitFor(() => expect(sorts().at(-1)).toBe('until'));
});
