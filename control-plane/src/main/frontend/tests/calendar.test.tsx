import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { CalendarPage } from '@/features/calendar/CalendarPage';
import { show } from './support/page';
import { serve } from './support/server';

const version = {
  id: '01990000-0000-7000-8000-000000000001',
  year: 2026,
  version: 1,
  fileName: '2026.csv',
  basis: '国办发明电〔2025〕7号',
  reason: '',
  importedBy: '数据局',
  importedAt: '2026-01-01T00:00:00Z',
  holidays: 2,
  makeUps: 1,
  days: [
    { date: '2026-02-14', kind: 'MAKE_UP', name: '春节' },
    { date: '2026-02-15', kind: 'HOLIDAY', name: '春节' },
    { date: '2026-02-16', kind: 'HOLIDAY', name: '春节' },
  ],
};

function open(due: number[]) {
  return serve((asked) =>
    asked.method === 'PUT'
      ? { body: { ...version, version: 2 } }
      : { body: { items: [version], due } },
  );
}

it('shows festivals as stretches of days, and which years are missing', async () => {
  open([2027]);
  show(<CalendarPage />);
  expect(await screen.findByText('02-15 – 02-16')).toBeInTheDocument();
  expect(screen.getByText('02-14')).toBeInTheDocument();
  expect(screen.getByText(/2027 年的工作日历尚未导入/)).toBeInTheDocument();
  expect(screen.getByText('导入 2027 年')).toBeInTheDocument();
});

it('asks for a reason when the year is there already, and imports what was checked', async () => {
  const calls = open([]);
  const { container } = show(<CalendarPage />);
  // Only what the server has answered says that the year is there already.
  await screen.findByText('02-15 – 02-16');
  const input = container.querySelector('input[type=file]');
  const reason = container.querySelector('textarea');
  if (!input || !reason) {
    throw new Error('there is nowhere to choose a file, or to give a reason');
  }
  fireEvent.change(input, { target: { files: [new File(['x'], '2026.csv')] } });
  await screen.findByText('2026.csv');
  fireEvent.change(screen.getByPlaceholderText(/国办发明电/), { target: { value: '通知' } });
  const check = screen.getByRole('button', { name: /检查/ });
  expect(check).toBeDisabled();
  fireEvent.change(reason, { target: { value: '更正' } });
  fireEvent.click(check);
  expect(await screen.findByText(/将成为第 2 版/)).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: /导入$/ }));
  await screen.findAllByText('导入完成');
  const puts = calls.filter(({ method }) => method === 'PUT');
  expect(puts.map(({ query }) => query.get('validateOnly'))).toEqual(['true', 'false']);
  expect(puts[1]?.query.get('reason')).toBe('更正');
});
