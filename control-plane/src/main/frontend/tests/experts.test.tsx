import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { ApplicationPage } from '@/features/applications/detail/ApplicationPage';
import type { Application } from '@/shared/api/applications';
import { show } from './support/page';
import { application, person } from './support/samples';
import { serve, type Asked } from './support/server';

const experts = ['赵专家', '钱专家', '孙专家'].map((name, index) => ({
  id: `0199a000-0000-7000-8000-00000000000${index}`,
  name,
}));

function open(shown: Application) {
  const calls = serve(({ method, path }) => {
    if (method === 'POST') {
      return { body: { ...shown, version: shown.version + 1, commands: [] } };
    }
    switch (path) {
      case '/me':
        return { body: person('APPLICATION_READ', 'APPLICATION_DECIDE', 'APPLICATION_REVIEW') };
      case `/applications/${application.id}`:
        return { body: shown };
      case '/colleagues':
        return { body: { items: experts } };
      default:
        return undefined;
    }
  });
  show(<ApplicationPage />, `/applications/${application.id}`, '/applications/:id');
  return calls;
}

const posted = (calls: Asked[]) => calls.filter(({ method }) => method === 'POST');

async function refer() {
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: '更多' }));
  await user.click(await screen.findByText('送专家评审'));
  return within(await screen.findByRole('dialog'));
}

const send = (dialog: Awaited<ReturnType<typeof refer>>) =>
  fireEvent.click(dialog.getByRole('button', { name: '送专家评审' }));

it('refers to experts only when some are named, and asks for one opinion at first', async () => {
  const calls = open({ ...application, commands: ['APPROVE', 'REFER'] });
  const dialog = await refer();
  expect(dialog.getByLabelText('所需意见数')).toHaveValue('1');
  expect(dialog.queryByText(/已出具/)).not.toBeInTheDocument();
  send(dialog);
  expect(await dialog.findByText('请选择人员')).toBeInTheDocument();
  expect(posted(calls)).toHaveLength(0);

  fireEvent.mouseDown(dialog.getByLabelText('专家'));
  fireEvent.click(await screen.findByText('钱专家', { selector: '.ant-select-item *' }));
  send(dialog);
  await waitFor(() => expect(posted(calls)).toHaveLength(1));
  expect(posted(calls)[0]).toMatchObject({
    path: `/applications/${application.id}/referrals`,
    body: { experts: [experts[1]?.id], quorum: 1 },
  });
}, 60_000);

it('begins with the present quorum when it is referred again, and says how many were given', async () => {
  const calls = open({
    ...application,
    state: 'EXPERT_REVIEW',
    commands: ['REFER'],
    asked: {
      signers: [],
      experts: experts.map((expert, index) => ({ person: expert, answered: index === 0 })),
      quorum: 3,
    },
  });
  const dialog = await refer();
  expect(dialog.getByLabelText('所需意见数')).toHaveValue('3');
  expect(dialog.getByText('目前需 3 份意见，已出具 1 份。')).toBeInTheDocument();
  fireEvent.change(dialog.getByLabelText('所需意见数'), { target: { value: '2' } });
  send(dialog);
  await waitFor(() => expect(posted(calls)).toHaveLength(1));
  // Fewer opinions can be enough without anybody else being asked.
  expect(posted(calls)[0]?.body).toEqual({ quorum: 2 });
}, 60_000);

it('hands on who leads while experts are heard, to somebody who reviews', async () => {
  const calls = open({ ...application, state: 'EXPERT_REVIEW', commands: ['TRANSFER', 'CO_SIGN'] });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: '更多' }));
  await user.click(await screen.findByText('转交'));
  const dialog = within(await screen.findByRole('dialog'));
  fireEvent.mouseDown(dialog.getByRole('combobox'));
  fireEvent.click(await screen.findByText('孙专家', { selector: '.ant-select-item *' }));
  fireEvent.click(dialog.getByRole('button', { name: '转交' }));
  await waitFor(() => expect(posted(calls)).toHaveLength(1));
  expect(posted(calls)[0]).toMatchObject({
    path: `/applications/${application.id}/transfers`,
    body: { to: experts[2]?.id },
  });
  const asked = calls.find(({ path }) => path === '/colleagues');
  expect(asked?.query.get('part')).toBe('REVIEWER');
}, 60_000);

it('sends an opinion only with what it is and why', async () => {
  const calls = open({ ...application, state: 'EXPERT_REVIEW', commands: ['OPINE'] });
  fireEvent.click(await screen.findByRole('button', { name: '出具意见' }));
  const dialog = within(await screen.findByRole('dialog'));
  const give = () => fireEvent.click(dialog.getByRole('button', { name: '出具意见' }));
  give();
  expect(await dialog.findByText('请填写理由')).toBeInTheDocument();
  expect(posted(calls)).toHaveLength(0);

  fireEvent.click(dialog.getByLabelText('不同意'));
  fireEvent.change(dialog.getByLabelText('理由'), { target: { value: ' 规格偏大 ' } });
  give();
  await waitFor(() => expect(posted(calls)).toHaveLength(1));
  expect(posted(calls)[0]).toMatchObject({
    path: `/applications/${application.id}/opinions`,
    body: { opinion: 'UNFAVOURABLE', reason: '规格偏大' },
  });
}, 60_000);

it('shows who has which duty, and which is the own', async () => {
  const me = person();
  open({
    ...application,
    duties: [
      { person: { id: 'p1', name: '张三' }, duty: 'SUBMITTER' },
      { person: { id: me.id, name: me.name }, duty: 'UNIT_APPROVER' },
    ],
  });
  const duties = within(await screen.findByRole('list', { name: '职责' })).getAllByRole('listitem');
  expect(duties[0]).toHaveTextContent('张三');
  expect(duties[0]).toHaveTextContent('申请');
  expect(duties[0]).not.toHaveTextContent('本人');
  await waitFor(() => expect(duties[1]).toHaveTextContent('本人'));
  expect(duties[1]).toHaveTextContent('单位审批');
}, 60_000);
