import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
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
  const { system, pool, purpose, termMonths, expectedLoad } = application;
  const head = { system, pool, purpose, termMonths, expectedLoad };
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
              { revision: 1, items: application.items, head },
              {
                revision: 2,
                items: revised.items,
                head: { ...head, purpose: '秋季招生', expectedLoad: '日均两万人次' },
              },
            ],
          },
        };
      default:
        return undefined;
    }
  });
  show(<ApplicationPage />, `/applications/${application.id}`, '/applications/:id');
  await screen.findAllByText('删去');
  const rows = screen.getAllByText('删去').map((tag) => tag.parentElement?.textContent);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toContain('开学报名');
  expect(rows[0]).toContain('秋季招生');
  expect(rows[1]).toContain('日均两万人次');
  expect(rows[2]).toContain('× 2');
});

it('says which item did not come and why, also where nothing went to a cluster', async () => {
  open(() => ({ body: application }), {
    ...application,
    state: 'PARTIAL',
    commands: [],
    delivery: {
      cluster: null,
      namespace: null,
      lease: null,
      hosts: [],
      items: [
        { position: 0, kind: 'RENEWAL', host: null, state: 'CAME', missing: 0, reason: null },
        {
          position: 1,
          kind: 'RETURN',
          host: { id: 'h1', name: 'school-0001' },
          state: 'FAILED',
          missing: 1,
          reason: 'ClusterUnreachable',
        },
        { position: 2, kind: 'HOSTS', host: null, state: 'FAILED', missing: 2, reason: null },
      ],
    },
  });
  const failed = (await screen.findByText('集群无响应')).closest('tr');
  expect(failed).toHaveTextContent('school-0001');
  expect(failed).toHaveTextContent('未交付');
  expect(screen.getByText('2 台未交付')).toBeInTheDocument();
  expect(screen.getByText('已交付')).toBeInTheDocument();
});

it('explains the last revision that the rules looked at, or another', async () => {
  const rule = { id: 'r', number: 3, basis: '江数〔2026〕3号' };
  const check = (revision: number, name: string) => ({
    revision,
    at: '2026-11-24T02:00:00Z',
    rule,
    passed: false,
    findings: [{ name, expression: 'false', value: 'HOLDS_NOT', why: '' }],
    facts: [],
  });
  serve(({ path }) => {
    switch (path) {
      case '/me':
        return { body: person('APPLICATION_READ') };
      case `/applications/${application.id}`:
        return { body: { ...application, commands: [] } };
      case `/applications/${application.id}/precheck`:
        return { body: { items: [check(1, 'first'), check(2, 'second')] } };
      default:
        return undefined;
    }
  });
  show(<ApplicationPage />, `/applications/${application.id}`, '/applications/:id');
  expect(await screen.findByText('second')).toBeInTheDocument();
  fireEvent.mouseDown(screen.getByLabelText('查看的修订'));
  fireEvent.click(await screen.findByTitle('第 1 次修订'));
  expect(await screen.findByText('first')).toBeInTheDocument();
  expect(screen.queryByText('second')).toBeNull();
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
