import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ComparisonTab } from '@/features/ranking/ComparisonTab';
import { show } from './support/page';
import { person } from './support/samples';
import { serve } from './support/server';

const row = {
  unit: { id: 'u1', code: 'U1', name: '江门市教育局' },
  value: '75.00',
  earlierValue: '70.00',
  points: '5.00',
  rank: 1,
  earlierRank: 2,
};

it('compares with last month or last year, and says when that cannot be', async () => {
  serve(({ path, query }) =>
    path === '/rankings/2026-10/comparison'
      ? {
          body:
            query.get('with') === 'LAST_MONTH'
              ? { earlier: '2026-09', state: 'COMPARED', items: [row] }
              : { earlier: '2025-10', state: 'NOT_COMPARABLE', items: [] },
        }
      : { body: { ...person('RANKING_READ'), unit: null } },
  );
  show(<ComparisonTab month="2026-10" board="SCORE" pool="all" version="" />);
  expect(await screen.findByText('+5.00')).toBeInTheDocument();
  expect(screen.getAllByText('增减（分）')).not.toHaveLength(0);
  fireEvent.click(screen.getByText('较去年同月'));
  expect(await screen.findByText(/不可比/)).toBeInTheDocument();
});

it('tells the difference of use in percentage points, and not in those of a score', async () => {
  serve(({ path }) => ({
    body:
      path === '/me'
        ? { ...person('RANKING_READ'), unit: null }
        : { earlier: '2026-09', state: 'COMPARED', items: [row] },
  }));
  show(<ComparisonTab month="2026-10" board="CPU" pool="all" version="" />);
  expect(await screen.findAllByText('增减（百分点）')).not.toHaveLength(0);
});
