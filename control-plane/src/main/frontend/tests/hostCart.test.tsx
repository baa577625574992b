import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, it } from 'vitest';
import { ApplyPage } from '@/features/applications/apply/ApplyPage';
import type { DraftValues, ServerDraft } from '@/features/applications/apply/draft';
import { HostPage } from '@/features/hosts/HostPage';
import { takes } from '@/features/hosts/hostOrders';
import { draftsOf, me, open, saved } from './support/apply';
import { show, there } from './support/page';
import { application, host, person, pools, system } from './support/samples';
import { serve } from './support/server';

const renewed = {
  kind: 'RENEWAL' as const,
  host: host(3).id,
  hostName: host(3).name,
  storageClass: 'ssd',
  months: 6,
};
const fresh = {
  kind: 'HOSTS' as const,
  count: 1,
  vcpu: 4,
  memoryGib: 8,
  diskGib: 100,
  storageClass: 'ssd',
};
const written: DraftValues = {
  system: system.id,
  pool: 'extranet-ordinary',
  purpose: '开学扩容',
  termMonths: 12,
  items: [fresh, renewed],
};

function draft(number: number, content: DraftValues = written): ServerDraft {
  return {
    id: `0199dddd-0000-7000-8000-00000000000${number}`,
    version: 7,
    content,
    savedBy: { id: 'p2', name: '李静' },
    savedAt: '2026-11-24T02:00:00Z',
    revises: null,
  };
}

it('adds hosts that are there to what is being written, found page by page', async () => {
  const one = draft(1);
  const calls = open(() => ({ body: application }), {
    at: `/applications/new?draft=${one.id}`,
    draft: (asked) => saved(asked, 8),
    more: ({ method, path, query }) => {
      if (method === 'GET' && path === `/drafts/${one.id}`) {
        return { body: one };
      }
      return path === '/hosts'
        ? {
            body: query.has('cursor')
              ? { items: [host(4)], next: null, total: 4 }
              : { items: [host(1), host(2), host(3)], next: 'p2', total: 4 },
          }
        : undefined;
    },
  });
  await screen.findByText('额度充足');
  fireEvent.click(screen.getByText('变更已有云主机'));
  fireEvent.click(
    await screen.findByText('续期', { selector: '.ant-dropdown-menu-title-content' }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('school-0001');
  const boxOf = (name: string) => {
    const row = dialog.getByText(name).closest('tr');
    return there(row?.querySelector<HTMLInputElement>('.ant-checkbox-input') ?? undefined);
  };
  // It has an item in the cart already, and an application has one of a host at most.
  expect(boxOf('school-0003')).toBeDisabled();
  fireEvent.click(boxOf('school-0001'));
  fireEvent.click(dialog.getByLabelText('下一页'));
  await dialog.findByText('school-0004');
  fireEvent.click(boxOf('school-0004'));
  fireEvent.change(dialog.getByPlaceholderText('主机名'), { target: { value: 'school' } });
  await waitFor(() =>
    expect(calls.some(({ path, query }) => path === '/hosts' && query.get('q') === 'school')).toBe(
      true,
    ),
  );
  const asked = calls.filter(({ path }) => path === '/hosts').map(({ query }) => query);
  for (const query of asked) {
    expect(query.get('system')).toBe(system.id);
    expect(query.get('pool')).toBe('extranet-ordinary');
    expect(query.get('change')).toBe('RENEWAL');
    // What stands in the address of the form is no filter of hosts.
    expect(query.has('draft')).toBe(false);
  }
  fireEvent.click(dialog.getByText('添加（2）'));
  const items = [
    fresh,
    renewed,
    ...[1, 4].map((number) => ({ kind: 'RENEWAL', host: host(number).id, months: 12 })),
  ];
  await waitFor(() => expect(draftsOf(calls).at(-1)?.body).toMatchObject({ items }));
  await waitFor(() => {
    const tried = calls.findLast(({ path }) => path === `/applications/${one.id}`);
    expect(tried?.body).toMatchObject({ items });
  });
}, 60_000);

function openHost(drafts: ServerDraft[]) {
  const shown = host(1, { life: 'IN_USE', phase: 'IN_USE' });
  const calls = serve((asked) => {
    const { method, path } = asked;
    if (method === 'PUT') {
      return path.startsWith('/drafts/') ? saved(asked, 8) : { body: application };
    }
    switch (path) {
      case '/me':
        return { body: person('HOST_READ', ...me.permissions) };
      case '/pools':
        return { body: { items: pools } };
      case '/drafts':
        return { body: { items: drafts } };
      case `/hosts/${shown.id}`:
        return { body: shown };
      case `/hosts/${shown.id}/steps`:
      case `/hosts/${shown.id}/migrations`:
        return { body: { items: [] } };
      case '/systems':
        return { body: { items: [system], next: null, total: 1 } };
      case `/systems/${system.id}`:
        return { body: system };
      default: {
        const found = drafts.find(({ id }) => path === `/drafts/${id}`);
        return found && { body: found };
      }
    }
  });
  show(
    <Routes>
      <Route path="/hosts/:id" element={<HostPage />} />
      <Route path="/applications/new" element={<ApplyPage />} />
    </Routes>,
    `/hosts/${shown.id}`,
  );
  return calls;
}

/** What is offered under a heading of the menu. */
async function offered(heading: string) {
  fireEvent.click(await screen.findByText('申请变更'));
  const group = (await screen.findByText(heading)).closest('li');
  return within(there(group ?? undefined));
}

it('adds a host to an open draft of the unit that takes it, and saves that at once', async () => {
  const other = draft(2, { ...written, purpose: '别的系统', system: 'another' });
  const calls = openHost([draft(1), other]);
  await waitFor(() => expect(calls.some(({ path }) => path === '/drafts')).toBe(true));
  const menu = await offered('加入草稿「开学扩容」');
  expect(screen.queryByText('加入草稿「别的系统」')).toBeNull();
  // It is of the pool that the host is in already.
  expect(menu.queryByText('迁移资源池')).toBeNull();
  fireEvent.click(menu.getByText('退还'));
  expect(await screen.findByDisplayValue('开学扩容')).toBeInTheDocument();
  const items = [fresh, renewed, { kind: 'RETURN', host: host(1).id }];
  await waitFor(() => expect(draftsOf(calls)).toHaveLength(1));
  expect(draftsOf(calls)[0]).toMatchObject({
    path: `/drafts/${draft(1).id}`,
    body: { purpose: '开学扩容', items },
  });
  expect(draftsOf(calls)[0]?.headers.get('If-Match')).toBe('"7"');
}, 60_000);

it('begins a new application beside the drafts where that is wanted', async () => {
  const calls = openHost([draft(1)]);
  const menu = await offered('新建申请');
  fireEvent.click(menu.getByText('退还'));
  expect(await screen.findByText('school-0001', { selector: 'a' })).toBeInTheDocument();
  expect(screen.queryByText('school-0003')).toBeNull();
  expect(calls.some(({ path }) => path === `/drafts/${draft(1).id}`)).toBe(false);
}, 60_000);

it('offers the drafts that can take a host, and no other', () => {
  const one = host(1);
  expect(takes(draft(1), 'RETURN', [one])).toBe(true);
  expect(takes(draft(1), 'RETURN', [host(3)])).toBe(false);
  expect(takes(draft(1), 'RETURN', [host(1, { pool: 'extranet-domestic' })])).toBe(false);
  // What moves goes to the draft's pool, and is in another.
  expect(takes(draft(1), 'MOVE', [host(1, { pool: 'extranet-domestic' })])).toBe(true);
  expect(takes(draft(1), 'MOVE', [one])).toBe(false);
  expect(takes(draft(1, { purpose: '还没有选' }), 'RETURN', [one])).toBe(true);
  expect(takes(draft(1, { purpose: '还没有选' }), 'MOVE', [one])).toBe(false);
  const full = Array.from({ length: 50 }, () => fresh);
  expect(takes(draft(1, { ...written, items: full }), 'RETURN', [one])).toBe(false);
});
