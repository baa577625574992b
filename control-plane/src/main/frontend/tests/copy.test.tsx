import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { draftsOf, open, type Answering } from './support/apply';
import { application, system } from './support/samples';

const hosts = {
  kind: 'HOSTS' as const,
  count: 3,
  vcpu: 4,
  memoryGib: 8,
  diskGib: 100,
  storageClass: 'ssd',
};
const back = {
  kind: 'RETURN' as const,
  host: '0199eeee-0000-7000-8000-000000000003',
  hostName: 'school-0003',
  storageClass: 'ssd',
};

/** Three hosts were asked for, and two were granted. */
const earlier = {
  ...application,
  state: 'CLOSED' as const,
  expectedLoad: '每日 3 万人次',
  items: [{ ...hosts, count: 2 }, back],
  // As the server tells it: with every member that any kind has.
  requested: { items: [{ ...hosts, extras: null, userData: null }, back], amounts: {} },
  decidedBy: { id: 'p9', name: '周敏' },
  decidedAt: '2026-11-25T02:00:00Z',
};

function openCopy(put: Answering, status = 200) {
  return open(put, {
    at: `/applications/new?copy=${earlier.id}`,
    more: ({ method, path }) =>
      method === 'GET' && path === `/applications/${earlier.id}`
        ? {
            status,
            body: status === 200 ? earlier : { code: 'APPLICATION_NOT_FOUND' },
          }
        : undefined,
  });
}

it('copies what was asked for, and nothing that was decided or attached', async () => {
  const calls = openCopy(() => ({ body: { ...application, id: 'another' } }));
  expect(await screen.findByText('已按以前的申请填写，请核对后提交。')).toBeInTheDocument();
  expect(screen.getByLabelText('用途')).toHaveValue(application.purpose);
  expect(screen.getByLabelText('预期负载')).toHaveValue('每日 3 万人次');
  expect(screen.getByLabelText('数量（台）')).toHaveValue('3');
  await screen.findByText('额度充足');
  fireEvent.click(screen.getByText('提交申请'));
  const sent = await waitFor(() => {
    const found = calls.find(
      ({ method, path, query }) =>
        method === 'PUT' && path.startsWith('/applications/') && !query.has('validateOnly'),
    );
    expect(found).toBeDefined();
    return found;
  });
  // Under an id of its own: what there was stays as it is.
  expect(sent?.path).toMatch(/^\/applications\/[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(sent?.path).not.toContain(earlier.id);
  expect(sent?.body).toEqual({
    system: system.id,
    pool: earlier.pool,
    purpose: earlier.purpose,
    expectedLoad: earlier.expectedLoad,
    termMonths: earlier.termMonths,
    items: [hosts, back],
  });
  expect(calls.filter(({ path }) => path.includes('/attachments'))).toEqual([]);
  expect(draftsOf(calls)).toEqual([]);
}, 60_000);

it('says at its item what is no longer possible', async () => {
  openCopy(() => ({
    status: 422,
    body: {
      code: 'INVALID',
      errors: [{ pointer: '/items/1/host', code: 'HOST_GIVEN_BACK', detail: '该云主机已退还' }],
    },
  }));
  const host = await screen.findByText('school-0003');
  await waitFor(() => {
    expect(host.closest('.ant-form-item')).toHaveTextContent('该云主机已退还');
  });
});

it("begins with nothing of another unit's", async () => {
  const calls = openCopy(() => ({ body: application }), 404);
  expect(await screen.findByText('未找到')).toBeInTheDocument();
  expect(screen.queryByLabelText('用途')).toBeNull();
  expect(calls.some(({ method }) => method !== 'GET')).toBe(false);
});
