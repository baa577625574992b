import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { DelegationsPage } from '@/features/delegations/DelegationsPage';
import type { Delegation } from '@/features/delegations/delegations';
import { show } from './support/page';
import { person } from './support/samples';
import { serve } from './support/server';

const me = person('APPLICATION_DECIDE', 'APPLICATION_ENDORSE');
const colleague = { id: 'p2', name: '梁嘉怡' };

function open() {
  const given: Delegation[] = [];
  const calls = serve(({ method, path, query, body }) => {
    if (method === 'PUT') {
      const one = {
        ...(body as Omit<Delegation, 'id' | 'from' | 'to'>),
        id: path.replace('/delegations/', ''),
        from: { id: me.id, name: me.name },
        to: colleague,
        revokedAt: null,
      };
      given.push(one);
      return { body: one };
    }
    switch (path) {
      case '/me':
        return { body: me };
      case '/delegations':
        return { body: { items: [...given] } };
      case '/colleagues':
        return { body: { items: query.get('part') === 'APPLICANT' ? [colleague] : [] } };
      default:
        return undefined;
    }
  });
  show(<DelegationsPage />, '/delegations');
  return { sent: () => calls.filter(({ method }) => method === 'PUT') };
}

afterEach(() => {
  window.dispatchEvent(new Event('online'));
});

it('gives a part to a colleague, also when the browser takes itself for being offline', async () => {
  const { sent } = open();
  fireEvent.click(await screen.findByRole('button', { name: /新增委托/ }));
  window.dispatchEvent(new Event('offline'));
  const dialog = await screen.findByRole('dialog');
  fireEvent.mouseDown(within(dialog).getByLabelText('受托人'));
  fireEvent.click(await screen.findByTitle(colleague.name));
  fireEvent.change(within(dialog).getByLabelText('理由'), { target: { value: '出差' } });
  fireEvent.click(within(dialog).getByRole('button', { name: '新增委托' }));
  expect(await screen.findByText('生效中')).toBeInTheDocument();
  expect(sent()).toHaveLength(1);
  expect(sent()[0]?.body).toMatchObject({ part: 'UNIT_OWNER', to: 'p2', reason: '出差' });
});
