import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ReportCard } from '@/features/ranking/ReportCard';
import { show } from './support/page';
import { report } from './support/ranking';
import { person } from './support/samples';
import { serve } from './support/server';

function served(calendarMissing: boolean) {
  serve(({ path }) => {
    switch (path) {
      case '/me':
        return { body: person('RANKING_READ', 'RANKING_FREEZE') };
      case '/reports/2026-10':
        return { body: { ...report, calendarMissing, versions: [], restatements: [] } };
      default:
        return undefined;
    }
  });
}

it('says when a month is frozen', async () => {
  served(false);
  show(<ReportCard month="2026-10" />);
  expect(await screen.findByText(/冻结日 2026-11-04/)).toBeInTheDocument();
});

it('says that without a calendar it is not frozen by itself', async () => {
  served(true);
  show(<ReportCard month="2026-10" />);
  expect(await screen.findByText(/2026 年的工作日历未导入，不会自动冻结/)).toBeInTheDocument();
  expect(await screen.findByRole('button', { name: '冻结并发布' })).toBeInTheDocument();
});
