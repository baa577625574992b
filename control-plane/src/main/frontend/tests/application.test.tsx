import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { ApplicationPage } from '@/features/applications/detail/ApplicationPage';
import type { Application } from '@/shared/api/applications';
import { show } from './support/page';
import { application, person } from './support/samples';
import { serve, type Asked } from './support/server';

function open(
  command: (asked: Asked) => { status?: number; body: unknown },
  shown: Application = application,
) {
  const calls = serve((asked) => {
    if (asked.method === 'POST') {
      return command(asked);
    }
    switch (asked.path) {
      case '/me':
        return { body: person('APPLICATION_READ', 'APPLICATION_DECIDE', 'APPLICATION_REVIEW') };
      case `/applications/${application.id}`:
        return { body: shown };
      default:
        return undefined;
    }
  });
  show(<ApplicationPage />, `/applications/${application.id}`, '/applications/:id');
  return calls;
}

it('sends an approval with the version that was seen, after a question', async () => {
  const calls = open(() => ({
    body: { ...application, version: 4, state: 'APPROVED', commands: [] },
  }));
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: '批准' }));
  await user.type(await screen.findByLabelText('审批意见'), '同意');
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '批准' }));
  expect(await screen.findByText('已批准 A2026-000123')).toBeInTheDocument();
  const sent = calls.find(({ method }) => method === 'POST');
  expect(sent?.path).toBe(`/applications/${application.id}/approvals`);
  expect(sent?.headers.get('If-Match')).toBe('"3"');
  expect(sent?.body).toEqual({ note: '同意' });
  expect(sent?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
});

it('says it again under the same key when the answer was lost', async () => {
  let lost = true;
  const calls = open(() => {
    if (lost) {
      lost = false;
      return { status: 503, body: {} };
    }
    return { body: { ...application, version: 4, state: 'APPROVED', commands: [] } };
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: '批准' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: '批准' }));
  await waitFor(() => expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1));
  await user.click(await dialog.findByRole('button', { name: '批准' }));
  expect(await screen.findByText('已批准 A2026-000123')).toBeInTheDocument();
  const keys = calls
    .filter(({ method }) => method === 'POST')
    .map(({ headers }) => headers.get('Idempotency-Key'));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

it('shows what a revision has changed', async () => {
  const revised = {
    ...application,
    revision: 2,
    items: application.items.map((item) => ({ ...item, count: 1 })),
  };
  serve(({ path }) => {
    switch (path) {
      case '/me':
        return { body: person('APPLICATION_READ') };
      case `/applications/${application.id}`:
        return { body: revised };
      case `/applications/${application.id}/revisions`:
        return {
          body: {
            items: [
              { revision: 1, items: application.items },
              { revision: 2, items: revised.items },
            ],
          },
        };
      default:
        return undefined;
    }
  });
  show(<ApplicationPage />, `/applications/${application.id}`, '/applications/:id');
  expect((await screen.findByText('删去')).parentElement).toHaveTextContent('× 2');
  expect(screen.getByText('新增').parentElement).toHaveTextContent('× 1');
});

it('wants a reason for a rejection', async () => {
  const calls = open(() => ({ body: application }));
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: '驳回' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '驳回' }));
  expect(await screen.findByText('请填写理由')).toBeInTheDocument();
  expect(calls.some(({ method }) => method === 'POST')).toBe(false);
});

it('loads again and says so when somebody else was faster', async () => {
  const calls = open(() => ({ status: 412, body: { code: 'STALE_VERSION' } }));
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: '批准' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '批准' }));
  expect(await screen.findByText(/现已重新载入/)).toBeInTheDocument();
  const reads = calls.filter(
    ({ method, path }) => method === 'GET' && path === `/applications/${application.id}`,
  );
  expect(reads.length).toBeGreaterThan(1);
});

it('offers what the server says, also for who has delegated it, and releases only who has to sign', async () => {
  const asked = (answered: boolean) => ({
    signers: [{ person: { id: '0199a000-0000-7000-8000-0000000000aa', name: '会签人' }, answered }],
    experts: [],
    quorum: 0,
  });
  const refused = () => ({ status: 403, body: {} });
  // Somebody else was asked: this one acts for him.
  open(refused, { ...application, commands: ['SIGN', 'RELEASE'], asked: asked(false) });
  expect(await screen.findByRole('button', { name: '会签' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: '更多' })).toBeInTheDocument();
  cleanup();
  open(refused, { ...application, commands: ['APPROVE', 'RELEASE'], asked: asked(true) });
  expect(await screen.findByRole('button', { name: '批准' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '更多' })).not.toBeInTheDocument();
});
