import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { TAGS, language } from '@/shared/i18n';
import { useKnown } from '@/shared/i18n/useKnown';
import { amountText, hasUnit, resourceOf } from './amounts';

/** Government offices of the mainland keep one time, whatever the browser's zone is. */
/** In which the server counts days. */
export const ZONE = 'Asia/Shanghai';

/** Texts for numbers, moments and amounts in the language of the page. */
export function useFormat() {
  const { t } = useTranslation();
  const known = useKnown();
  return useMemo(() => {
    const tag = TAGS[language()];
    const moment = new Intl.DateTimeFormat(tag, {
      timeZone: ZONE,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const second = new Intl.DateTimeFormat(tag, {
      timeZone: ZONE,
      dateStyle: 'medium',
      timeStyle: 'medium',
      hourCycle: 'h23',
    });
    const monthName = new Intl.DateTimeFormat(tag, {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'long',
    });
    const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 3 });
    const exactly = (value: number, unit: 'vcpu' | 'hosts' | 'gib' | 'tib' | 'none') =>
      unit === 'none'
        ? number.format(value)
        : t(unit === 'hosts' && value === 1 ? 'units.host' : `units.${unit}`, {
            value: number.format(value),
          });
    return {
      number: (value: number) => number.format(value),
      /** `2026-11-24T04:00:00Z` in the time of Beijing, to the minute. */
      time: (iso: string | null) => (iso ? moment.format(new Date(iso)) : t('common.none')),
      /** To the second, for records. */
      exactTime: (iso: string) => second.format(new Date(iso)),
      /** `2026-10` as a month's name. */
      month: (month: string) => monthName.format(new Date(`${month}-01T00:00:00Z`)),
      /** Base units of a resource, at a size people read; large storage in TiB, rounded. */
      amount: (resource: string, value: number) => amountText(resource, value, false, exactly),
      /** The same without rounding, where a difference of one GiB matters. */
      exact: (resource: string, value: number) => amountText(resource, value, true, exactly),
      /** With what it is of, where no column says so: the class of storage, or the resource. */
      named: (resource: string, value: number) => {
        const { base, variant } = resourceOf(resource);
        const amount = amountText(resource, value, false, exactly);
        if (!hasUnit(resource)) {
          const name = known(`resource.${base}`, resource, variant.toUpperCase());
          return t('units.ofResource', { amount, name });
        }
        return variant ? t('units.ofClass', { amount, variant: variant.toUpperCase() }) : amount;
      },
      gib: (value: number) => exactly(value, 'gib'),
      /** An exact decimal that came as a text, such as `"75.00"`: shown, never computed with. */
      decimal: (value: string | null) => value ?? t('common.none'),
      percent: (value: string | null) =>
        value === null ? t('common.none') : t('units.percent', { value }),
      /** A share such as `"0.2500"` in percent. */
      share: (value: string | null) =>
        value === null
          ? t('common.none')
          : t('units.percent', { value: (Number(value) * 100).toFixed(2) }),
      resource: (code: string) => {
        const { base, variant } = resourceOf(code);
        return known(`resource.${base}`, code, variant.toUpperCase());
      },
      pool: (id: string) => {
        const dash = id.lastIndexOf('-');
        const zone = known(`zone.${id.slice(0, dash)}`, '');
        const processor = known(`processor.${id.slice(dash + 1)}`, '');
        return zone && processor ? t('common.pool', { zone, processor }) : id;
      },
      zone: (code: string) => known(`zone.${code}`, code),
    };
    // The language is what all of it depends on; `t` changes with it.
  }, [t, known]);
}

export type Format = ReturnType<typeof useFormat>;
