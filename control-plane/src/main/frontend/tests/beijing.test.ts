import { describe, expect, it } from 'vitest';
import { instantAt, instantOf, momentOf, startOfDay } from '@/shared/format/beijing';

describe('the time of Beijing, wherever the browser is', () => {
  it.each(['America/Los_Angeles', 'UTC', 'Asia/Shanghai', 'Pacific/Auckland'])('in %s', (zone) => {
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    try {
      expect(instantAt('2026-11-27T07:30')).toBe('2026-11-26T23:30:00.000Z');
      expect(instantOf({ format: () => '2026-11-27T07:30:15' })).toBe('2026-11-26T23:30:15.000Z');
      expect(startOfDay('2026-11-27')).toBe('2026-11-26T16:00:00.000Z');
      expect(startOfDay('2026-11-30', 1)).toBe('2026-11-30T16:00:00.000Z');
      expect(momentOf(new Date('2026-11-26T16:00:00Z'))).toBe('2026-11-27T00:00:00');
    } finally {
      process.env['TZ'] = before;
    }
  });
});
