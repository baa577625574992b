import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { inForce } from '@/features/policies/numbers';
import { PoliciesPage } from '@/features/policies/PoliciesPage';
import type { PolicyVersion, VerdictPolicyVersion, WorkRulesVersion } from '@/shared/api/policies';
import { show } from './support/page';
import { person } from './support/samples';
import { serve } from './support/server';

const me = {
  ...person('RANKING_READ', 'HOST_READ', 'APPLICATION_READ', 'POLICY_PROPOSE', 'POLICY_APPROVE'),
  unit: null,
};
const first: PolicyVersion = {
  id: 'default-1',
  effectiveFrom: '2000-01-01',
  basis: '缺省',
  state: 'APPROVED',
  proposedBy: null,
  approvedBy: '平台缺省',
  cpu: { low: 30, high: 50 },
  memory: { low: 40, high: 70 },
  disk: { low: 40, high: 80 },
  weights: { cpu: 0.4, memory: 0.3, disk: 0.1, idle: 0.2 },
  excess: { slope: 2, floor: 60 },
  grades: { a: 80, b: 60, c: 40 },
  evidence: { validSamples: 9, coverage: 80, confirmedDays: 14, leastHosts: 3, leastVcpu: 8 },
  idle: { cpu: 5, cpuP95: 10, cpuPeak: 30, memory: 20 },
};
const second: PolicyVersion = {
  ...first,
  id: 'city-2',
  effectiveFrom: '2999-01-01',
  basis: '文号 2 号',
  state: 'PROPOSED',
  proposedBy: { id: 'p1', name: '局甲' },
  approvedBy: null,
  weights: { cpu: 0.5, memory: 0.2, disk: 0.1, idle: 0.2 },
};
const judged: VerdictPolicyVersion = {
  ...first,
  window: { days: 30, validSamples: 9, coverage: 80 },
  shrinkCpu: { cpu: 10, cpuP95: 20, cpuPeak: 50 },
  shrinkMemory: { memoryP95: 40 },
  grow: { cpuP95: 80, memoryP95: 85, disk: 90 },
};
const rules: WorkRulesVersion = {
  ...first,
  deadlines: {
    remindAfter: 1,
    escalateAfter: 2,
    warnAfter: [1, 5, 9],
    deemAfter: 10,
    deliverWithin: 10,
  },
  applications: { lockDays: 30, expertsFromVcpu: 0 },
  hosts: { recycleBinDays: 15, trialDays: 30, termNotices: [30, 7, 1], retireDays: 15 },
  reclaims: {
    remindHours: 48,
    answerWithin: 5,
    evidenceDays: 7,
    longestDelay: 180,
    p95AtMost: 60,
    peakAtMost: 90,
  },
};
const nextRules: WorkRulesVersion = {
  ...rules,
  id: 'rules-2',
  effectiveFrom: '2999-01-01',
  state: 'PROPOSED',
  proposedBy: { id: 'p1', name: '局甲' },
  approvedBy: null,
  hosts: { ...rules.hosts, trialDays: 14, termNotices: [7] },
};

function open(who = me) {
  const calls = serve(({ method, path }) => {
    if (method === 'PUT') {
      return { body: judged };
    }
    switch (path) {
      case '/me':
        return { body: who };
      case '/pools':
        return { body: { items: [{ id: 'extranet-ordinary' }] } };
      case '/rankings':
        return { body: { items: [{ month: '2026-10', version: null }] } };
      case '/ranking-policies':
        return { body: { items: [second, first] } };
      case '/ranking-policies/city-2/trial':
        return {
          body: {
            month: '2026-10',
            pool: 'all',
            policyThen: first,
            policy: {
              ...second,
              evidence: { ...second.evidence, leastHosts: 5 },
            },
            changed: 1,
            counts: [
              { grade: 'A', then: 31, now: 28 },
              { grade: null, then: 1, now: 4 },
            ],
            items: [
              {
                unit: { id: 'u1', code: 'U1', name: '江门市教育局' },
                then: { score: null, grade: null, rank: null, reasons: ['FEWER_THAN_3_HOSTS'] },
                now: { score: null, grade: null, rank: null, reasons: ['FEWER_THAN_3_HOSTS'] },
              },
            ],
          },
        };
      case '/work-rules':
        return { body: { items: [nextRules, rules] } };
      case '/work-rules/rules-2/approval':
        return { body: { ...nextRules, state: 'APPROVED' } };
      case '/verdict-policies':
        return { body: { items: [judged] } };
      case '/verdict-policies/default-1/trial':
        return {
          body: {
            from: '2026-10-02',
            day: '2026-10-31',
            policyThen: 'default-1',
            policy: 'default-1',
            hosts: 640,
            changed: 7,
            items: [{ verdict: 'IDLE', then: 12, now: 5 }],
          },
        };
      default:
        return undefined;
    }
  });
  show(<PoliciesPage />);
  return calls;
}

async function tab(name: string) {
  fireEvent.click(await screen.findByText(name, { selector: '.ant-tabs-tab-btn' }));
  return screen.findByRole('tabpanel', { name });
}

async function row(id: string) {
  const found = (await screen.findByText(id, { selector: '.code' })).closest('tr');
  if (!found) {
    throw new Error('not in a table');
  }
  return within(found);
}

it('shows whoever approves every number, and marks what differs from what is in force', async () => {
  open();
  const proposed = await row('city-2');
  expect(proposed.getByText('待批准')).toBeInTheDocument();
  fireEvent.click(proposed.getByRole('button', { name: 'Expand row' }));
  const numbers = await screen.findByLabelText('city-2 的全部参数');
  expect(
    within(numbers)
      .getAllByText(/^现行 /)
      .map((tag) => tag.textContent),
  ).toEqual(['现行 0.40', '现行 0.30']);
  expect(within(numbers).getByText('0.50')).toBeInTheDocument();
  expect(numbers).toHaveTextContent('最少 vCPU 8');
});

it('tries a version on a past month, in the scope that is chosen', async () => {
  const calls = open();
  fireEvent.click((await row('city-2')).getByRole('button', { name: '试算' }));
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText('江门市教育局')).toBeInTheDocument();
  expect(within(dialog).getByLabelText('资源池')).toBeInTheDocument();
  // Each by the numbers of its own policy.
  expect(within(dialog).getByText('已计量云主机少于 3 台')).toBeInTheDocument();
  expect(within(dialog).getByText('已计量云主机少于 5 台')).toBeInTheDocument();
  expect(within(dialog).getByText(/^1 个单位中，1 个的名次或等级会改变/)).toBeInTheDocument();
  const grades = within(dialog).getByLabelText('各等级单位数');
  expect(within(grades).getByText('31')).toBeInTheDocument();
  expect(within(grades).getByText('未参与排名')).toBeInTheDocument();
  expect(within(dialog).getByRole('button', { name: /导出/ })).toBeEnabled();
  const tried = calls.find(({ path }) => path.endsWith('/trial'));
  expect(tried?.query.get('pool')).toBe('all');
  expect(tried?.query.get('month')).toBe('2026-10');
});

it('proposes a version of what hosts are judged by, beginning with the newest', async () => {
  const calls = open();
  const panel = await tab('云主机评估办法');
  fireEvent.click(await within(panel).findByText('提出新版'));
  const dialog = await screen.findByRole('dialog');
  fireEvent.change(within(dialog).getByLabelText('编号'), { target: { value: 'city-2' } });
  fireEvent.change(within(dialog).getByLabelText('施行日期'), { target: { value: '2999-01-01' } });
  fireEvent.change(within(dialog).getByLabelText('依据文件'), { target: { value: '文号 2 号' } });
  fireEvent.change(within(dialog).getByLabelText(/天数$/), { target: { value: '60' } });
  fireEvent.click(within(dialog).getByText('提出新版', { selector: 'button span' }));
  await waitFor(() => {
    const sent = calls.find(({ method }) => method === 'PUT');
    expect(sent?.path).toBe('/verdict-policies/city-2');
    expect(sent?.body).toMatchObject({
      window: { days: 60, validSamples: 9, coverage: 80 },
      shrinkMemory: { memoryP95: 40 },
    });
  });
});

it('tries what hosts are judged by on the days that a version looks at', async () => {
  open();
  const panel = await tab('云主机评估办法');
  fireEvent.click(await within(panel).findByText('试算'));
  const dialog = await screen.findByRole('dialog');
  expect(
    await within(dialog).findByText(/2026-10-02 至 2026-10-31 .*640 台云主机：7 台的结论会改变/),
  ).toBeInTheDocument();
  expect(within(dialog).getByRole('button', { name: /导出/ })).toBeEnabled();
  expect(within(dialog).getByText('12')).toBeInTheDocument();
});

it('shows the working rules beside what is in force, and has another approve them', async () => {
  const calls = open();
  const panel = await tab('办理规则');
  const proposed = within(
    (await within(panel).findByText('rules-2')).closest('tr') ?? document.body,
  );
  expect(proposed.queryByText('试算')).not.toBeInTheDocument();
  fireEvent.click(proposed.getByRole('button', { name: 'Expand row' }));
  const numbers = await within(panel).findByLabelText('rules-2 的全部参数');
  expect(
    within(numbers)
      .getAllByText(/^现行 /)
      .map((tag) => tag.textContent),
  ).toEqual(['现行 30', '现行 30、7、1']);
  expect(numbers).toHaveTextContent('未确认提醒 1、5、9');
  fireEvent.click(proposed.getByText('批准'));
  await waitFor(() => {
    expect(calls.find(({ method }) => method === 'POST')?.path).toBe(
      '/work-rules/rules-2/approval',
    );
  });
});

it('shows the working rules to whoever reads applications, who can decide nothing about them', async () => {
  open({ ...me, permissions: ['RANKING_READ', 'APPLICATION_READ'] });
  const panel = await tab('办理规则');
  expect(await within(panel).findByText('rules-2')).toBeInTheDocument();
  expect(within(panel).queryByText('批准')).not.toBeInTheDocument();
  expect(within(panel).queryByText('提出新版')).not.toBeInTheDocument();
});

it('proposes working rules, with the days on which somebody is told', async () => {
  const calls = open();
  const panel = await tab('办理规则');
  fireEvent.click(await within(panel).findByText('提出新版'));
  const dialog = await screen.findByRole('dialog');
  fireEvent.change(within(dialog).getByLabelText('编号'), { target: { value: 'rules-3' } });
  fireEvent.change(within(dialog).getByLabelText('施行日期'), { target: { value: '2999-02-01' } });
  fireEvent.change(within(dialog).getByLabelText('依据文件'), { target: { value: '文号 3 号' } });
  fireEvent.change(within(dialog).getByLabelText(/试用$/), { target: { value: '20' } });
  fireEvent.change(within(dialog).getByLabelText(/到期前提醒$/), { target: { value: '14,' } });
  fireEvent.click(within(dialog).getByText('提出新版', { selector: 'button span' }));
  await waitFor(() => {
    const sent = calls.find(({ method }) => method === 'PUT');
    expect(sent?.path).toBe('/work-rules/rules-3');
    expect(sent?.body).toMatchObject({
      effectiveFrom: '2999-02-01',
      deadlines: { warnAfter: [1, 5, 9] },
      hosts: { trialDays: 20, termNotices: [30, 7, 1, 14] },
    });
  });
});

it('takes as in force what took effect last by the days of Shanghai', () => {
  const next = { ...second, state: 'APPROVED' as const, effectiveFrom: '2026-12-01' };
  expect(inForce([next, first], new Date('2026-11-30T15:59:59Z'))?.id).toBe('default-1');
  expect(inForce([next, first], new Date('2026-11-30T16:00:00Z'))?.id).toBe('city-2');
});
