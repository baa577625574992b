import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { ApplicationPage } from '@/features/applications/detail/ApplicationPage';
import type { Application } from '@/shared/api/applications';
import { open, type as fill, type Answering } from './support/apply';
import { show, there } from './support/page';
import { application, person } from './support/samples';
import { serve } from './support/server';

const room = {
  kind: 'NAMESPACE' as const,
  cpu: 4,
  memoryGib: 8,
  storageGib: 20,
  storageClass: 'ssd',
  extras: { publicIps: 3, 'gpus/a10': 2 },
};

function apply(put: Answering = () => ({ body: application })) {
  return open(put, {
    more: ({ path }) =>
      path === '/quota/resources'
        ? {
            body: {
              items: [
                { code: 'cpuMillis', classes: false },
                { code: 'hosts', classes: false },
                { code: 'publicIps', classes: false },
                { code: 'gpus/a10', classes: false },
                { code: 'storageBytes', classes: true },
              ],
            },
          }
        : undefined,
  });
}

async function add(name: string) {
  fireEvent.mouseDown(screen.getByLabelText('其他资源'));
  const options = await screen.findAllByText(name);
  fireEvent.click(there(options.at(-1)));
  fireEvent.click(screen.getByText('添加'));
}

it('orders what else is counted for a namespace, and only that', { timeout: 60_000 }, async () => {
  const calls = apply();
  await fill();
  fireEvent.click(screen.getByLabelText('移除第 1 项'));
  fireEvent.click(screen.getByText('添加容器命名空间'));
  fireEvent.change(await screen.findByLabelText('vCPU 合计'), { target: { value: '0' } });
  fireEvent.change(screen.getByLabelText('内存（GiB）'), { target: { value: '0' } });
  fireEvent.change(screen.getByLabelText('存储（GiB）'), { target: { value: '0' } });
  await add('公网地址');
  fireEvent.change(await screen.findByLabelText('公网地址', { selector: 'input' }), {
    target: { value: '2' },
  });
  await add('图形处理器（A10）');
  fireEvent.click(await screen.findByLabelText('移除图形处理器（A10）'));
  // Its processors, hosts and storage have fields of their own.
  fireEvent.mouseDown(screen.getByLabelText('其他资源'));
  expect(screen.queryByText('某类存储')).not.toBeInTheDocument();
  await waitFor(
    () => {
      const tried = calls.findLast(({ query }) => query.get('validateOnly') === 'true');
      expect(tried?.body).toMatchObject({
        items: [{ kind: 'NAMESPACE', cpu: 0, memoryGib: 0, storageGib: 0 }],
      });
      expect((tried?.body as { items: (typeof room)[] }).items[0]?.extras).toEqual({
        publicIps: 2,
      });
    },
    { timeout: 10_000 },
  );
});

it('shows what the server refuses of one at its field', async () => {
  apply(() => ({
    status: 422,
    body: {
      code: 'INVALID',
      errors: [
        {
          pointer: '/items/0/extras/gpus~1a10',
          code: 'UNKNOWN_RESOURCE',
          detail: '资源表中没有它',
        },
      ],
    },
  }));
  await fill();
  fireEvent.click(screen.getByLabelText('移除第 1 项'));
  fireEvent.click(screen.getByText('添加容器命名空间'));
  await screen.findByLabelText('vCPU 合计');
  await add('图形处理器（A10）');
  const field = await screen.findByLabelText('图形处理器（A10）', { selector: 'input' });
  await waitFor(() => expect(field.closest('.ant-form-item')).toHaveTextContent('资源表中没有它'));
});

const reviewed: Application = { ...application, items: [room] };

function review(shown: Application) {
  const calls = serve(({ method, path }) => {
    if (method === 'POST') {
      return { body: { ...shown, version: 4 } };
    }
    switch (path) {
      case '/me':
        return {
          body: person(
            'APPLICATION_READ',
            'APPLICATION_DECIDE',
            'APPLICATION_REVIEW',
            'OUTLOOK_READ',
          ),
        };
      case `/applications/${application.id}`:
        return { body: shown };
      default:
        return undefined;
    }
  });
  show(<ApplicationPage />, `/applications/${application.id}`, '/applications/:id');
  return calls;
}

it('says them with the item, and lets a review leave less of one and all of another', async () => {
  const calls = review(reviewed);
  const user = userEvent.setup();
  const texts = await screen.findAllByText(/公网地址 3 · 图形处理器（A10） 2/);
  expect(texts[0]).toHaveTextContent('容器命名空间：4 vCPU');
  await user.click(screen.getByRole('button', { name: '批准' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('checkbox'));
  fireEvent.change(dialog.getByLabelText('公网地址'), { target: { value: '1' } });
  await user.click(dialog.getByRole('button', { name: '批准' }));
  await waitFor(() => {
    const sent = calls.find(({ method }) => method === 'POST');
    expect(sent?.body).toMatchObject({
      cuts: [{ position: 0, vcpu: 4, extras: { publicIps: 1, 'gpus/a10': 2 } }],
    });
  });
});

it('tries out a review without them, and asks for all of it again when nothing is cut', async () => {
  const calls = review({
    ...reviewed,
    items: [{ ...room, cpu: 0, memoryGib: 0, storageGib: 0, extras: { publicIps: 3 } }],
  });
  const user = userEvent.setup();
  expect(await screen.findAllByText('容器命名空间；公网地址 3')).not.toHaveLength(0);
  await user.click(await screen.findByRole('checkbox', { name: '试算调减' }));
  fireEvent.change(screen.getByLabelText('公网地址'), { target: { value: '0' } });
  await waitFor(() => expect(calls.map(({ query }) => query.get('cut'))).toContain('0:1:0:0:0:-'));
  fireEvent.change(screen.getByLabelText('公网地址'), { target: { value: '2' } });
  await waitFor(() =>
    expect(calls.map(({ query }) => query.get('cut'))).toContain('0:1:0:0:0:publicIps=2'),
  );
});
