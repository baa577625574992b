import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ImportPage } from '@/features/register/imports/ImportPage';
import { show } from './support/page';
import { serve, type Asked } from './support/server';

const counts = { regions: 1, pools: 4, units: 105, contacts: 210, systems: 302, quotas: 420 };

function open(put: (asked: Asked) => { status?: number; body: unknown }) {
  const calls = serve((asked) =>
    asked.method === 'PUT' ? put(asked) : { body: { items: [], next: null, total: 0 } },
  );
  const { container } = show(<ImportPage />);
  const input = container.querySelector('input[type=file]');
  if (!input) {
    throw new Error('there is nowhere to choose a file');
  }
  return { calls, pick: (file: File) => fireEvent.change(input, { target: { files: [file] } }) };
}

it('imports only what has been checked and found clean', async () => {
  const { calls, pick } = open(() => ({ body: { counts } }));
  expect(screen.getByRole('button', { name: /4. 导入/ })).toBeDisabled();
  pick(new File(['x'], '登记.xlsx'));
  await screen.findByText('登记.xlsx');
  fireEvent.click(screen.getByRole('button', { name: /3. 检查/ }));
  expect(await screen.findByText('检查通过，可以导入')).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: /4. 导入/ }));
  expect((await screen.findAllByText('导入完成')).length).toBeGreaterThan(0);
  const puts = calls.filter(({ method }) => method === 'PUT');
  expect(puts.map(({ query }) => query.get('validateOnly'))).toEqual(['true', 'false']);
  expect(new Set(puts.map(({ path }) => path)).size).toBe(1);
});

it('lists every fault by table, row and column, and imports nothing', async () => {
  const fault = {
    table: 'units',
    row: 12,
    column: '统一社会信用代码',
    code: 'CHECK_DIGIT',
    detail: '校验位错误',
    value: '11440700007100001X',
  };
  const { pick } = open(() => ({
    status: 422,
    body: { code: 'IMPORT_FAULTY', faults: [fault], faultCount: 1 },
  }));
  pick(new File(['x'], 'register.zip'));
  await screen.findByText('register.zip');
  fireEvent.click(screen.getByRole('button', { name: /3. 检查/ }));
  expect(await screen.findByText('校验位错误')).toBeInTheDocument();
  expect(screen.getByText('12')).toBeInTheDocument();
  expect(screen.getByText('统一社会信用代码')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /4. 导入/ })).toBeDisabled();
});
