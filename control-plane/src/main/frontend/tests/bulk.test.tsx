import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ApplicationsPage } from '@/features/applications/ApplicationsPage';
import { DelegationsPage } from '@/features/delegations/DelegationsPage';
import { show } from './support/page';
import { application, person } from './support/samples';
import { serve } from './support/server';

const me = person('APPLICATION_READ', 'APPLICATION_DECIDE', 'APPLICATION_ENDORSE');

it('approves what was chosen, and tells of each by itself', async () => {
  const second = { ...application, id: 'second', number: 'A2026-000124', version: 5 };
  const calls = serve(({ method, path }) => {
    if (method === 'POST') {
      return {
        body: {
          items: [
            { id: application.id, state: 'BUREAU_APPROVAL', version: 4, problem: null },
            {
              id: second.id,
              state: null,
              version: null,
              problem: { status: 412, code: 'STALE_VERSION', title: '已被他人更改', detail: null },
            },
          ],
        },
      };
    }
    return path === '/me'
      ? { body: me }
      : { body: { items: [application, second], next: null, total: 2 } };
  });
  show(<ApplicationsPage />, '/applications?inbox=true');
  fireEvent.click(await screen.findByLabelText('选择 A2026-000123'));
  fireEvent.click(screen.getByLabelText('选择 A2026-000124'));
  fireEvent.click(screen.getByRole('button', { name: '批量批准（2）' }));
  fireEvent.click(await screen.findByRole('button', { name: '批准' }));
  expect(await screen.findByText('已批准 1 / 2')).toBeInTheDocument();
  expect(screen.getByText('已批准，现为主管部门审批')).toBeInTheDocument();
  expect(screen.getByText('已被他人更改')).toBeInTheDocument();
  const sent = calls.find(({ method }) => method === 'POST');
  expect(sent?.path).toBe('/applications/bulk-approvals');
  expect(sent?.body).toMatchObject({
    items: [
      { id: application.id, version: 3 },
      { id: 'second', version: 5 },
    ],
  });
});

it('shows whom one has delegated to and who has delegated to one', async () => {
  const delegation = {
    id: 'd1',
    from: { id: me.id, name: me.name },
    to: { id: 'p2', name: '李静' },
    part: 'UNIT_OWNER',
    begin: '2020-01-01T00:00:00Z',
    until: '2999-01-01T00:00:00Z',
    reason: '出差',
    revokedAt: null,
  };
  const received = {
    ...delegation,
    id: 'd2',
    from: { id: 'p3', name: '周敏' },
    to: delegation.from,
    until: '2020-02-01T00:00:00Z',
  };
  const calls = serve(({ method, path }) => {
    switch (path) {
      case '/me':
        return { body: me };
      case '/delegations':
        return { body: { items: [delegation, received] } };
      default:
        return method === 'POST' ? { body: delegation } : { body: { items: [] } };
    }
  });
  show(<DelegationsPage />, '/delegations');
  expect(await screen.findByText('李静')).toBeInTheDocument();
  expect(screen.getByText('生效中')).toBeInTheDocument();
  expect(screen.getByText('已结束')).toBeInTheDocument();
  // Only one's own can be revoked.
  fireEvent.click(screen.getByRole('button', { name: '撤销' }));
  const [, confirm] = await screen.findAllByRole('button', { name: '撤销' });
  fireEvent.click(confirm ?? document.body);
  await waitFor(() =>
    expect(calls.some(({ path }) => path === '/delegations/d1/revocations')).toBe(true),
  );
});
