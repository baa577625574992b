import { describe, expect, it } from 'vitest';
import { amountsOf } from '@/features/applications/amounts';
import { amountText, byResource } from '@/shared/format/amounts';
import { csvText } from '@/shared/list/csv';

const GIB = 2 ** 30;
const shown = (resource: string, value: number, exact = false) =>
  amountText(resource, value, exact, (number, unit) => `${number} ${unit}`);

describe('amounts', () => {
  it.each([
    ['cpuMillis', 4000, '4 vcpu'],
    ['cpuMillis', 1500, '1.5 vcpu'],
    ['memoryBytes', 8 * GIB, '8 gib'],
    ['memoryBytes', 1536 * GIB, '1.5 tib'],
    ['storageBytes/ssd', 204_902 * GIB, '200.1 tib'],
    ['hosts', 3, '3 hosts'],
    ['gpus/a10', 2, '2 none'],
  ])('%s of %d is %s', (resource, value, text) => {
    expect(shown(resource, value)).toBe(text);
  });

  it('are not rounded where one GiB matters', () => {
    expect(shown('memoryBytes', 1537 * GIB, true)).toBe('1537 gib');
  });

  it('are listed hosts first, then processor, memory and storage', () => {
    const codes = ['storageBytes/hdd', 'memoryBytes', 'storageBytes/ssd', 'hosts', 'cpuMillis'];
    expect(codes.sort(byResource)).toEqual([
      'hosts',
      'cpuMillis',
      'memoryBytes',
      'storageBytes/ssd',
      'storageBytes/hdd',
    ]);
  });

  it('of a cart add up over its items', () => {
    expect(
      amountsOf([
        { kind: 'HOSTS', count: 2, vcpu: 4, memoryGib: 8, diskGib: 100, storageClass: 'ssd' },
        { kind: 'NAMESPACE', cpu: 2, memoryGib: 4, storageGib: 0, storageClass: 'hdd' },
      ]),
    ).toEqual({
      hosts: 2,
      cpuMillis: 10_000,
      memoryBytes: 20 * GIB,
      'storageBytes/ssd': 200 * GIB,
    });
  });
});

describe('exported tables', () => {
  it('quote what needs it and defuse formulas', () => {
    const text = csvText([['单位, "A"', '=1+1', 5, null]]);
    expect(text).toBe('"单位, ""A""",\'=1+1,5,\r\n');
  });
});
