import { fireEvent, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import { CyclesPage } from '@/features/cycles/CyclesPage';
import { ExemptionsPage } from '@/features/exemptions/ExemptionsPage';
import { ReclaimsPage } from '@/features/reclaims/ReclaimsPage';
import { VerdictsPage } from '@/features/verdicts/VerdictsPage';
import type { DeliveryCycle } from '@/shared/api/cycles';
import { show } from './support/page';
import { person } from './support/samples';
import { serve } from './support/server';

const unit = { id: 'u1', name: '江门市教育局', region: { code: '440700', name: '江门市' } };
const cycle: DeliveryCycle = {
  application: { id: 'a1', number: 'A2026-000123' },
  purpose: '开学报名',
  unitName: '江门市教育局',
  state: 'TECH_REVIEW',
  submittedAt: '2026-10-08T02:00:00Z',
  deliveredAt: null,
  days: 17,
  overdue: true,
  longest: { state: 'DEPT_REVIEW', days: 12 },
};
const report = {
  delivered: [{ bucket: 'DAYS_1_TO_3', count: 4 }],
  within: 10,
  overdueCount: 1,
  missing: [],
};

/** What a list that is longer than this page of it says; the rows themselves are of no matter. */
function open(page: ReactNode, at: string, found: { items: unknown[]; total: number }) {
  const saved: string[] = [];
  URL.createObjectURL = () => 'blob:';
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: {
    download: string;
  }) {
    saved.push(this.download);
  });
  const calls = serve(({ path }) => {
    switch (path) {
      case '/me':
        return { body: { ...person('HOST_READ'), unit: null } };
      case '/units':
        return { body: { items: [unit], next: null, total: 1 } };
      case '/units/u1':
        return { body: unit };
      case '/delivery-cycles':
        return { body: report };
      default:
        return path.endsWith('/export')
          ? { body: 'a file' }
          : { body: { ...found, next: null, atLeast: false } };
    }
  });
  show(page, at);
  return { calls, saved };
}

/** By its text: to look for a role among all of a page takes seconds. */
function exporting() {
  return screen.getByText('导出').closest('button');
}

async function exportAs(format: string) {
  await waitFor(() => expect(exporting()).toBeEnabled());
  fireEvent.click(screen.getByText('导出'));
  fireEvent.click(await screen.findByText(format));
}

const pages: [string, ReactNode, string, string, Record<string, string>, string][] = [
  [
    'verdicts',
    <VerdictsPage />,
    '/verdicts?unit=u1&verdict=IDLE&q=school',
    '/verdicts/export',
    { unit: 'u1', verdict: 'IDLE', q: 'school' },
    'verdicts.xlsx',
  ],
  [
    'exemptions',
    <ExemptionsPage />,
    '/exemptions?state=APPROVED&inForce=true&q=backup',
    '/exemptions/export',
    { state: 'APPROVED', inForce: 'true', q: 'backup' },
    'exemptions.xlsx',
  ],
  [
    'orders to reclaim',
    <ReclaimsPage />,
    '/reclaims?state=NOTICED,APPEALED&unit=u1&q=%E9%97%B2%E7%BD%AE&sort=-proposedAt',
    '/reclaims/export',
    { state: 'NOTICED,APPEALED', unit: 'u1', q: '闲置', sort: '-proposedAt' },
    'reclaims.xlsx',
  ],
  [
    'delivery cycles',
    <CyclesPage />,
    '/cycles?from=2026-10-01&to=2026-10-31&unit=u1&state=TECH_REVIEW&overdue=true&q=A2026-000123',
    '/delivery-cycles/applications/export',
    {
      from: '2026-10-01',
      to: '2026-10-31',
      unit: 'u1',
      state: 'TECH_REVIEW',
      overdue: 'true',
      q: 'A2026-000123',
      sort: '-days',
    },
    'delivery-cycles.xlsx',
  ],
];

it.each(pages)(
  'keeps all %s that the filters find as a file',
  async (_, page, at, path, asked, name) => {
    const { calls, saved } = open(page, at, { items: [], total: 3 });
    await exportAs('导出 XLSX');
    await waitFor(() => expect(saved).toEqual([name]));
    const sent = calls.find((call) => call.path === path);
    expect(Object.fromEntries(sent?.query ?? [])).toEqual({ ...asked, format: 'xlsx' });
    await exportAs('导出 CSV');
    await waitFor(() => expect(saved).toHaveLength(2));
    expect(
      calls
        .filter((call) => call.path === path)
        .at(-1)
        ?.query.get('format'),
    ).toBe('csv');
  },
);

it.each(pages)('offers no file of %s where nothing was found', async (_, page, at) => {
  open(page, at, { items: [], total: 0 });
  expect(await screen.findByText('没有符合条件的数据')).toBeInTheDocument();
  expect(exporting()).toBeDisabled();
});

it('lists deliveries with their state and delay, and shows only those that are late', async () => {
  const { calls } = open(<CyclesPage />, '/cycles?from=2026-10-01&to=2026-10-31', {
    items: [cycle],
    total: 1,
  });
  expect(await screen.findByText('A2026-000123')).toBeInTheDocument();
  expect(screen.getByText('技术审核')).toBeInTheDocument();
  expect(screen.getByText('尚未交付')).toBeInTheDocument();
  expect(screen.getByText('单位审核，12 天')).toBeInTheDocument();
  expect(screen.getByText('超过 10 个工作日：1 件')).toBeInTheDocument();
  fireEvent.click(screen.getByLabelText('仅看超期'));
  await waitFor(() => {
    const last = calls.filter(({ path }) => path === '/delivery-cycles/applications').at(-1);
    expect(Object.fromEntries(last?.query ?? [])).toEqual({
      from: '2026-10-01',
      to: '2026-10-31',
      overdue: 'true',
      sort: '-days',
      limit: '20',
    });
  });
});
