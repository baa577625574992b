import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { systemQuery } from '@/features/register/systemQuery';
import type { Item } from '@/shared/api/applications';
import { usePools } from '@/shared/api/queries';
import type { BusinessSystem, Pool } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { SystemSelect } from './SystemSelect';

/** For which system, out of which pool: only pools of its processors, and of its zone or of another that it changes to, are offered. */
export function TargetFields() {
  const { t } = useTranslation();
  const format = useFormat();
  const form = Form.useFormInstance();
  const chosen = Form.useWatch<string | undefined>('system', form);
  const system = useQuery({ ...systemQuery(chosen ?? ''), enabled: Boolean(chosen) });
  const pools = usePools();
  const items = Form.useWatch<Partial<Item>[] | undefined>('items', form) ?? [];
  const leaves = items.some((item) => item.kind === 'ZONE');
  const keeps = items.length > 0 && items.every((item) => item.kind && STAYS.includes(item.kind));
  const fitting = poolsFor(pools.data?.items ?? [], system.data, leaves, keeps);
  const ready = pools.isSuccess && system.isSuccess;
  // Nobody takes the scarcer domestic processors unless the system must, or somebody chooses them.
  const usual = (fitting.find(({ processor }) => !isDomestic(processor)) ?? fitting[0])?.id ?? '';
  const offered = fitting.map(({ id }) => id).join(' ');

  useEffect(() => {
    if (!ready) {
      return;
    }
    const ids = offered.split(' ').filter(Boolean);
    const pool = form.getFieldValue('pool') as string | undefined;
    if (pool === undefined || !ids.includes(pool)) {
      form.setFieldValue('pool', usual || undefined);
    }
  }, [ready, offered, usual, form]);

  return (
    <div className="fields-2">
      <Form.Item
        name="system"
        label={t('apply.system')}
        rules={[{ required: true, message: t('apply.systemRequired') }]}
      >
        <SystemSelect />
      </Form.Item>
      <Form.Item
        name="pool"
        label={t('apply.pool')}
        rules={[{ required: true, message: t('apply.poolRequired') }]}
        extra={system.data?.xinchuangRequired ? t('apply.xinchuang') : null}
      >
        <Select
          aria-label={t('apply.pool')}
          placeholder={t('apply.poolHint')}
          loading={pools.isPending}
          options={fitting.map(({ id }) => ({ value: id, label: format.pool(id) }))}
        />
      </Form.Item>
    </div>
  );
}

/** Also of what a system has left in a zone that it was in before. */
const STAYS: Item['kind'][] = ['RENEWAL', 'RETURN', 'NAMESPACE_RETURN'];

function poolsFor(
  pools: Pool[],
  system: BusinessSystem | undefined,
  leaves: boolean,
  keeps: boolean,
): Pool[] {
  return system && !keeps
    ? pools.filter(
        (pool) =>
          (pool.zone === system.zone) !== leaves &&
          (!system.xinchuangRequired || isDomestic(pool.processor)),
      )
    : pools;
}

function isDomestic(processor: string): boolean {
  return processor.toLowerCase() === 'domestic';
}
