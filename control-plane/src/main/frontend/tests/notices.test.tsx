import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { NoticesPage } from '@/features/notices/NoticesPage';
import { show } from './support/page';
import { person } from './support/samples';
import { serve } from './support/server';

const notice = {
  id: '01990000-0000-7000-8000-000000000001',
  kind: 'APPLICATION_WAITING',
  title: '待办：门户',
  text: '审计局的申请“门户”等待您处理。',
  link: '/applications/1',
  at: '2026-11-26T01:00:00Z',
  readAt: null,
};

function open(...permissions: Parameters<typeof person>) {
  return serve(({ path, method }) => {
    if (path === '/me') {
      return { body: person(...permissions) };
    }
    return method === 'PUT'
      ? { body: { count: 0 } }
      : { body: { items: [notice], next: null, total: 1 } };
  });
}

it('shows what one was told with its link, and marks it as read', async () => {
  const calls = open();
  show(<NoticesPage />);
  expect(await screen.findByRole('link', { name: '待办：门户' })).toHaveAttribute(
    'href',
    '/applications/1',
  );
  expect(screen.queryByText('发送记录')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: '标为已读' }));
  await waitFor(() =>
    expect(calls.filter(({ method }) => method === 'PUT').map(({ path }) => path)).toEqual([
      `/notices/${notice.id}/read`,
    ]),
  );
});

it('marks as read only what was there when it was looked at', async () => {
  const calls = open('NOTICE_OPERATE');
  show(<NoticesPage />);
  await screen.findByText('发送记录');
  fireEvent.click(await screen.findByRole('button', { name: /全部标为已读/ }));
  await waitFor(() =>
    expect(calls.some(({ path, method }) => method === 'PUT' && path === '/notices/read')).toBe(
      true,
    ),
  );
});
