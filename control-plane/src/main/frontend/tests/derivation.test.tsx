import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DerivationPage } from '@/features/ranking/DerivationPage';
import { ExcludedTab } from '@/features/ranking/ExcludedTab';
import { HoursPage } from '@/features/ranking/HoursPage';
import { NotRankedTable } from '@/features/ranking/NotRankedTable';
import { RankedTable } from '@/features/ranking/RankedTable';
import { ReportCard } from '@/features/ranking/ReportCard';
import { isIn } from '@/features/ranking/ScopeSelect';
import { sumsOf } from '@/features/ranking/ShareSums';
import type { HostShare } from '@/shared/api/ranking';
import { show } from './support/page';
import { answers, policy, ranking, share, small } from './support/ranking';
import { person } from './support/samples';
import { serve } from './support/server';

const at = (path: string) => show(<DerivationPage />, path, '/rankings/:month/units/:id');

it('leads from the score to its parts and to the hosts of the scope', async () => {
  serve(answers);
  at('/rankings/2026-10/units/u1?pool=zone:extranet');
  expect(await screen.findByText('20.0000')).toBeInTheDocument();
  expect(screen.getByText('75.00')).toBeInTheDocument();
  expect((await screen.findByText('web-1')).closest('a')).toHaveAttribute(
    'href',
    '/rankings/2026-10/hosts/web-1?unit=u1&system=s1&pool=extranet-ordinary',
  );
  expect(screen.queryByText('web-2')).toBeNull();
});

it('shows by what a host is idle or not, beside the limits of the policy', async () => {
  serve(answers);
  at('/rankings/2026-10/units/u1?pool=extranet-ordinary');
  const row = (await screen.findByText('web-1')).closest('tr');
  expect(row).toHaveTextContent('21.09 %');
  expect(row).toHaveTextContent('33.33 %');
  expect(row).toHaveTextContent('600 个小时有样本');
  const table = row?.closest('.ant-table');
  expect(table).toHaveTextContent('样本 P95（闲置须低于 10 %）');
  expect(table).toHaveTextContent('样本峰值（闲置须低于 30 %）');
});

it('shows the figures that give the points, and the sums over the hosts of the scope', async () => {
  serve(answers);
  at('/rankings/2026-10/units/u1');
  expect(await screen.findByText('处理器 15.00 %')).toBeInTheDocument();
  expect(screen.getByText('内存 40.00 %')).toBeInTheDocument();
  expect(screen.getByText('存储 40.00 %')).toBeInTheDocument();
  expect(screen.getByText('闲置占比 25.00 %')).toBeInTheDocument();
  // Two hosts are measured, the third is excluded.
  const row = (title: RegExp) => screen.getByText(title, { selector: 'td' }).closest('tr');
  await screen.findByText(/^有效小时（/);
  expect(row(/^处理器（/)).toHaveTextContent('15.00 %');
  expect(row(/^闲置（/)).toHaveTextContent('0 vCPU·小时5,952 vCPU·小时0.00 %');
  expect(row(/^有效小时（/)).toHaveTextContent('100.00 %');
  expect(screen.getByTitle('30')).toBeInTheDocument();
});

it('adds up in whole numbers, whatever their size', () => {
  const idle: HostShare = {
    ...share('a', 'extranet-ordinary'),
    idle: true,
    memory: { used: '9007199254740993', of: '18014398509481986' },
  };
  const unmeasured = { ...share('b', 'extranet-ordinary'), measured: false, validVcpuHours: '4' };
  const sums = Object.fromEntries(sumsOf([idle, idle, unmeasured]).map((of) => [of.measure, of]));
  expect(sums['memory']?.used).toBe('18014398509481986');
  expect(sums['idle']).toMatchObject({ used: '5952', of: '5952' });
  // What is not measured is missed: 5,952 of 8,928.
  expect(sums['coverage']).toMatchObject({ used: '5952', of: '8928' });
});

it('lists the hours that the percentile and the peak are of, the highest first', async () => {
  const calls = serve(answers);
  at('/rankings/2026-10/units/u1?pool=zone:extranet&version=1&tab=hours');
  const peak = (await screen.findByText('62.50 %')).closest('tr');
  expect(peak).toHaveTextContent('峰值');
  expect(peak).not.toHaveTextContent('P95');
  expect(screen.getByText('30.00 %').closest('tr')).toHaveTextContent('P95');
  // 9,000,000 ms of one vCPU are two and a half hours.
  expect(peak).toHaveTextContent('2.5');
  const asked = calls.find(({ path }) => path.endsWith('/units/u1/hours'))?.query;
  expect(asked?.get('sort')).toBe('-percent');
  expect(asked?.get('pool')).toBe('zone:extranet');
  expect(asked?.get('version')).toBe('1');
});

it('leads from the percentile and the peak to the hours', async () => {
  serve(answers);
  show(<RankedTable ranking={{ ...ranking, pool: 'zone:extranet', version: '1' }} />);
  for (const figure of ['30.00 %', '62.50 %']) {
    await waitFor(() =>
      expect(screen.getByText(figure).closest('a')).toHaveAttribute(
        'href',
        '/rankings/2026-10/units/u1?pool=zone%3Aextranet&version=1&tab=hours',
      ),
    );
  }
});

it('asks for the hosts of one system until that is taken off', async () => {
  const calls = serve(answers);
  at('/rankings/2026-10/units/u1?system=s1');
  const asked = () => calls.filter(({ path }) => path.endsWith('/units/u1/hosts'));
  const tag = await screen.findByText('仅业务系统 学籍管理系统');
  expect(asked().at(-1)?.query.get('system')).toBe('s1');
  fireEvent.click(within(tag).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(asked().at(-1)?.query.get('system')).toBeNull());
});

it('asks for the version that was chosen, down to the hours', async () => {
  const calls = serve(answers);
  at('/rankings/2026-10/units/u1?version=1');
  expect((await screen.findByText('web-1')).closest('a')).toHaveAttribute(
    'href',
    '/rankings/2026-10/hosts/web-1?unit=u1&system=s1&pool=extranet-ordinary&version=1',
  );
  await waitFor(() =>
    expect(
      calls
        .filter(({ path }) => path.startsWith('/rankings/2026-10'))
        .every(({ query }) => query.get('version') === '1'),
    ).toBe(true),
  );
  expect(await screen.findByText(/第 1 版/)).toBeInTheDocument();
});

it('says of a unit without a place why, and what was measured all the same', async () => {
  serve(answers);
  at('/rankings/2026-10/units/u2');
  expect(await screen.findByText('12.34 %')).toBeInTheDocument();
  expect(screen.getByText('56.78 %')).toBeInTheDocument();
  // By the policy's numbers, whatever the names of the reasons say.
  expect(screen.getByRole('alert')).toHaveTextContent(/少于 5 台.*vCPU 少于 16.*覆盖率低于 85 %/);
  expect(await screen.findByText('确认不足 21 日')).toBeInTheDocument();
});

it('links whoever is not ranked to what it is made of', async () => {
  serve(answers);
  show(<NotRankedTable {...ranking} version="" />);
  expect(await screen.findByRole('link', { name: small.name })).toHaveAttribute(
    'href',
    '/rankings/2026-10/units/u2',
  );
  expect(screen.getByText('12.34 %')).toBeInTheDocument();
  expect(screen.getByText('已计量云主机少于 5 台')).toBeInTheDocument();
});

it.each([
  ['all', true],
  ['extranet-ordinary', true],
  ['extranet-domestic', false],
  ['zone:extranet', true],
  ['zone:internet', false],
  ['family:ordinary', true],
  ['family:domestic', false],
])('takes the hosts of a pool into %s or not', (scope, inside) => {
  expect(isIn(scope, 'extranet-ordinary')).toBe(inside);
});

it('shows of each hour the capacity and the disk, and that a version rests on another reading', async () => {
  const calls = serve(answers);
  show(
    <HoursPage />,
    '/rankings/2026-10/hosts/web-1?unit=u1&system=s1&pool=extranet-ordinary&version=1',
    '/rankings/:month/hosts/:id',
  );
  expect(await screen.findByText(/4 vCPU，8 GiB/)).toBeInTheDocument();
  // 900,000 byte seconds of 1,000 bytes in twelve samples of 300 s
  expect(screen.getByText('25.00 %')).toBeInTheDocument();
  expect(screen.getByText(/^15\.00 15\.00/)).toBeInTheDocument();
  expect(screen.getByText('第 2 版起已更正')).toBeInTheDocument();
  expect(screen.getByText('样本不足，不计')).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: 'web-1：逐小时样本' })).toBeInTheDocument();
  expect(calls.find(({ path }) => path.endsWith('/hours'))?.query.get('unit')).toBe('u1');
  expect(screen.getByText(/江门市教育局 · 学籍管理系统/)).toBeInTheDocument();
});

it('lists both published versions with who corrected them, and what came too late', async () => {
  serve(answers);
  show(<ReportCard month="2026-10" />);
  const table = await screen.findByRole('table');
  expect(within(table).getByText(/补采/)).toHaveTextContent('局甲');
  expect(within(table).getByText(/补采/)).toHaveTextContent('局乙');
  expect(screen.getByText(/3 /)).toBeInTheDocument();
  expect(await screen.findByText('申请重述')).toBeInTheDocument();
});

it('gives whoever is of a unit an excerpt of its own, and not the file of all hosts', async () => {
  const calls = serve((asked) =>
    asked.path === '/me'
      ? { body: person('RANKING_READ') }
      : asked.path.endsWith('/excerpt')
        ? { body: {} }
        : answers(asked),
  );
  show(<ReportCard month="2026-10" />);
  const buttons = await screen.findAllByRole('button', { name: /本单位摘录/ });
  expect(screen.queryByText('签名文件')).toBeNull();
  for (const button of buttons) {
    fireEvent.click(button);
  }
  await waitFor(() =>
    expect(calls.map(({ path }) => path)).toContain('/reports/2026-10/versions/2/excerpt'),
  );
});

it('lists excluded hosts with reason, end and both people', async () => {
  serve((asked) =>
    asked.path === '/rankings/2026-10/excluded-hosts'
      ? {
          body: {
            policy,
            items: [
              {
                share: { ...share('new-1', 'extranet-ordinary'), excluded: 'RECENTLY_CONFIRMED' },
                exemption: null,
              },
              {
                share: { ...share('flood-1', 'extranet-ordinary'), excluded: 'SEASONAL' },
                exemption: {
                  reason: '防汛专用',
                  until: '2026-12-31',
                  applicant: '局甲',
                  approver: '局乙',
                },
              },
            ],
          },
        }
      : answers(asked),
  );
  show(<ExcludedTab month="2026-10" pool="all" version="" />);
  expect(await screen.findByText('防汛专用')).toBeInTheDocument();
  expect(screen.getByText('2026-12-31')).toBeInTheDocument();
  expect(screen.getByText('局甲 / 局乙')).toBeInTheDocument();
  expect(screen.getByText('确认不足 21 日')).toBeInTheDocument();
});
