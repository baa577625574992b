import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ClusterPage } from '@/features/clusters/ClusterPage';
import { ClustersPage } from '@/features/clusters/ClustersPage';
import { DriftsPage } from '@/features/namespaces/DriftsPage';
import { FindingsPage } from '@/features/namespaces/FindingsPage';
import type { MemberCluster } from '@/shared/api/clusters';
import { show } from './support/page';
import { person, pools } from './support/samples';
import { serve, type Asked } from './support/server';

/** The first page of a run takes its time. */
const PATIENT = { timeout: 10_000 };

const me = person('CLUSTER_READ', 'CLUSTER_REGISTER', 'NAMESPACE_READ', 'POOL_READ');

const cluster: MemberCluster = {
  name: 'north',
  displayName: '北区',
  connected: true,
  registered: true,
  server: 'https://north.test',
  kubernetes: '1.36',
  reachable: true,
  simulated: false,
  health: {
    status: 'HEALTHY',
    symptoms: [],
    server: 'a',
    observedAt: '2026-11-26T01:00:00Z',
    stale: false,
    observations: [],
  },
  identity: null,
  state: 'ACTIVE',
  since: '2026-11-01T01:00:00Z',
  scheduling: 'OPEN',
  schedulingSince: null,
  pools: ['extranet-ordinary'],
  leases: 1,
  committed: { cpuMillis: 4000 },
  used: {},
  debt: {},
  capacity: null,
  declared: {
    id: 'd1',
    amounts: { cpuMillis: 8000, memoryBytes: 17_179_869_185, 'gpu/A100': 4 },
    reason: '扩容',
    by: { id: 'p1', name: '李静' },
    at: '2026-11-02T01:00:00Z',
  },
  differences: {},
  lastCommand: null,
};

const south: MemberCluster = {
  ...cluster,
  name: 'south',
  displayName: '南区',
  committed: { cpuMillis: 9000 },
};

function answered(more: (asked: Asked) => { body: unknown } | undefined = () => undefined) {
  return serve((asked) => {
    const special = more(asked);
    if (special) {
      return special;
    }
    if (asked.method !== 'GET') {
      return { body: cluster };
    }
    switch (asked.path) {
      case '/me':
        return { body: me };
      case '/pools':
        return { body: { items: pools } };
      case '/clusters':
        return { body: { items: [cluster, south] } };
      case '/clusters/north':
        return { body: cluster };
      default:
        return { body: { items: [], next: null, total: 0 } };
    }
  });
}

it('changes what a registered cluster is called and keeps its pools', async () => {
  const calls = answered();
  show(<ClusterPage />, '/clusters/north', '/clusters/:name');
  fireEvent.click(await screen.findByText('修改名称和资源池', {}, PATIENT));
  const name = await screen.findByLabelText('显示名称');
  expect(name).toHaveValue('北区');
  fireEvent.change(name, { target: { value: ' 北区一号 ' } });
  fireEvent.click(screen.getByText('更改'));
  await waitFor(() => expect(calls.find(({ method }) => method === 'PUT')).toBeDefined());
  const sent = calls.find(({ method }) => method === 'PUT');
  expect(sent?.path).toBe('/clusters/north/profile');
  expect(sent?.body).toEqual({ displayName: '北区一号', pools: ['extranet-ordinary'] });
});

it('declares processors anew and keeps what else was declared', async () => {
  const calls = answered();
  show(<ClusterPage />, '/clusters/north', '/clusters/:name');
  fireEvent.click(await screen.findByText('申报容量', {}, PATIENT));
  const dialog = await screen.findByRole('dialog');
  fireEvent.change(within(dialog).getByLabelText('处理器（vCPU）'), { target: { value: '12' } });
  fireEvent.change(within(dialog).getByLabelText('原因'), { target: { value: '再扩容' } });
  fireEvent.click(within(dialog).getByText('申报容量'));
  await waitFor(() => expect(calls.find(({ method }) => method === 'PUT')).toBeDefined());
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({
    amounts: { cpuMillis: 12_000, memoryBytes: 17_179_869_185, 'gpu/A100': 4 },
    reason: '再扩容',
  });
});

it('searches clusters by name and pool', async () => {
  answered();
  show(<ClustersPage />, '/clusters');
  expect(await screen.findByText('南区')).toBeInTheDocument();
  fireEvent.change(screen.getByLabelText('集群名称或资源池'), { target: { value: 'NORTH' } });
  await waitFor(() => expect(screen.queryByText('南区')).not.toBeInTheDocument());
  expect(screen.getByText('北区')).toBeInTheDocument();
});

it('narrows what hands have changed as the address says, and exports just that', async () => {
  const drift = {
    id: 1,
    at: '2026-11-25T03:00:00Z',
    cluster: 'north',
    namespace: 'egov-extranet-o',
    system: { id: 's1', name: '一网通办' },
    kind: 'NetworkPolicy',
    name: 'yuntai',
    field: '/spec/ingress',
    before: '[]',
    after: '-',
    action: 'REPAIRED',
  };
  const calls = answered(({ path }) =>
    path === '/drifts' ? { body: { items: [drift], next: null, total: 1 } } : undefined,
  );
  const made = vi.fn((file: Blob) => `blob:${file.size}`);
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: made, revokeObjectURL: vi.fn() }));
  show(<DriftsPage />, '/drifts?kind=NetworkPolicy&action=REPAIRED&sort=system');
  expect(await screen.findByText('NetworkPolicy yuntai')).toBeInTheDocument();
  fireEvent.click(screen.getByText('导出 CSV'));
  await waitFor(() => expect(made).toHaveBeenCalled());
  const asked = calls.filter(({ path }) => path === '/drifts');
  for (const { query } of asked) {
    expect(Object.fromEntries(query)).toMatchObject({
      kind: 'NetworkPolicy',
      action: 'REPAIRED',
      sort: 'system',
    });
  }
  const [file] = made.mock.lastCall ?? [];
  if (!(file instanceof Blob)) {
    throw new Error('no file was made');
  }
  const text = await new Promise((told) => {
    const reader = new FileReader();
    reader.onload = () => told(reader.result);
    reader.readAsText(file);
  });
  expect(text).toContain('/spec/ingress');
});

it('exports of what nobody has registered what is searched for', async () => {
  answered();
  show(<FindingsPage />, '/findings?q=web&kind=ORPHAN&cluster=north');
  const link = await screen.findByText('导出');
  expect(link.closest('a')).toHaveAttribute(
    'href',
    expect.stringMatching(/findings\/export\?q=web&kind=ORPHAN&cluster=north$/),
  );
});
