import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Banners } from '@/app/Banners';
import { ProtectionTab } from '@/features/instant/ProtectionTab';
import type { ProtectionPeriod } from '@/shared/api/instant';
import type { Me } from '@/shared/api/types';
import { show } from './support/page';
import { environment, person } from './support/samples';
import { serve } from './support/server';

const period: ProtectionPeriod = {
  id: '0199dddd-0000-7000-8000-000000000001',
  name: '重要会议',
  from: '2026-11-24T00:00:00Z',
  until: '2027-11-24T00:00:00Z',
  basis: '粤办〔2026〕1 号',
  declaredBy: { id: 'p9', name: '林晓燕' },
  standing: 'ON',
  ended: null,
};

function answer(me: Me, periods: ProtectionPeriod[]) {
  return serve(({ method, path }) => {
    switch (path) {
      case '/me':
        return { body: me };
      case '/environment':
        return { body: environment };
      case '/protection-periods':
        return { body: { items: periods } };
      default:
        return method === 'POST' ? { body: period } : undefined;
    }
  });
}

it('tells everybody that a protection period is on, and nothing of others', async () => {
  answer(person('APPLICATION_READ'), [
    { ...period, id: '2', name: '春节', standing: 'OVER' },
    { ...period, id: '3', name: '国庆', standing: 'AHEAD' },
    period,
  ]);
  show(<Banners />);
  expect(await screen.findByText(/重要保障期“重要会议”/)).toBeInTheDocument();
  expect(screen.queryByText(/春节|国庆/)).toBeNull();
});

it('lets somebody else end a period, who says why', async () => {
  const calls = answer(person('APPLICATION_READ', 'INSTANT_RULE_APPROVE'), [period]);
  show(<ProtectionTab />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: '提前结束' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('原因'), '年份有误');
  await user.click(dialog.getByRole('button', { name: 'OK' }));
  await waitFor(() => expect(calls.some(({ method }) => method === 'POST')).toBe(true));
  const sent = calls.find(({ method }) => method === 'POST');
  expect(sent?.path).toBe(`/protection-periods/${period.id}/end`);
  expect(sent?.body).toEqual({ reason: '年份有误' });
});

it('offers no end to whoever declared it, may not, or of one that is over', async () => {
  const me = person('APPLICATION_READ', 'INSTANT_RULE_APPROVE');
  answer(me, [
    { ...period, declaredBy: me },
    {
      ...period,
      id: '2',
      standing: 'OVER',
      ended: { at: '2026-11-25T00:00:00Z', by: { id: 'p8', name: '何建国' }, reason: '年份有误' },
    },
  ]);
  show(<ProtectionTab />);
  expect(await screen.findByText(/何建国.*年份有误/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '提前结束' })).toBeNull();
});
