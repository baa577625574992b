import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { NamespaceUseCard } from '@/features/namespaces/NamespaceUseCard';
import type { NamespaceUsage } from '@/shared/api/namespaces';
import { show } from './support/page';
import { person } from './support/samples';
import { serve } from './support/server';

const GIB = 2 ** 30;
const shop: NamespaceUsage = {
  cluster: 'c1',
  namespace: 'shop-extranet-o',
  grantedHours: 720,
  hours: 684,
  coverage: '95.00',
  samples: 8212,
  setApart: 31,
  cpu: { hours: 684, mean: 1500, min: 200, max: 3900, granted: 4000, percent: '37.50' },
  memory: { hours: 684, mean: 2 * GIB, min: GIB, max: 3 * GIB, granted: 8 * GIB, percent: '25.00' },
  storage: null,
  claimsBytes: null,
  days: [
    { day: '2026-11-25', hours: 24, cpu: '30.00', memory: '24.00' },
    { day: '2026-11-26', hours: 20, cpu: '45.00', memory: null },
  ],
};

function open(items: NamespaceUsage[]) {
  const calls = serve(({ path }) => {
    switch (path) {
      case '/me':
        return { body: person('NAMESPACE_READ') };
      case '/systems/s1/namespaces/usage':
        return { body: { from: '2026-10-28T00:00:00Z', to: '2026-11-27T00:00:00Z', items } };
      default:
        return path.endsWith('/export') ? { body: 'a file' } : undefined;
    }
  });
  show(<NamespaceUseCard system="s1" />, '/');
  return calls;
}

it('shows use against what was granted, and of how much of the time', async () => {
  open([shop]);
  expect(await screen.findByText('684 / 720 小时')).toBeInTheDocument();
  expect(screen.getByText('覆盖率 95.00%')).toBeInTheDocument();
  expect(screen.getByText('有效样本 8,212')).toBeInTheDocument();
  expect(screen.getByText('超过已批额度的样本 31，不计入')).toBeInTheDocument();
  expect(
    screen.getByRole('img', { name: '处理器：平均 1.5 vCPU，已批 4 vCPU，37.50 %' }),
  ).toBeInTheDocument();
  expect(screen.getByText('0.2 vCPU – 3.9 vCPU')).toBeInTheDocument();
  expect(screen.getByText('2 GiB / 8 GiB')).toBeInTheDocument();
  // Storage was not measured, which is not zero.
  expect(screen.getByText('未测得')).toBeInTheDocument();
});

it('shows the days of a namespace, the latest first', async () => {
  open([shop]);
  fireEvent.click(await screen.findByRole('button', { name: /展开|Expand/ }));
  const rows = within(await screen.findByRole('table', { name: '逐日' })).getAllByRole('row');
  expect(rows[1]).toHaveTextContent('2026-11-26');
  expect(rows[1]).toHaveTextContent('45.00 %');
  expect(rows[2]).toHaveTextContent('2026-11-25');
});

it('exports the hours, and nothing where nothing was granted', async () => {
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  URL.createObjectURL = () => 'blob:';
  URL.revokeObjectURL = () => undefined;
  const calls = open([shop]);
  await screen.findByText('684 / 720 小时');
  fireEvent.click(screen.getByRole('button', { name: /导出/ }));
  fireEvent.click(await screen.findByText('导出 CSV'));
  await waitFor(() => {
    const asked = calls.find(({ path }) => path === '/systems/s1/namespaces/usage/export');
    expect(asked?.query.get('format')).toBe('csv');
  });
});

it('says where nothing was granted', async () => {
  open([]);
  expect(await screen.findByText('没有为容器批准过额度')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /导出/ })).toBeDisabled();
});
