import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QuotaNodeRow } from '@/shared/api/quota';
import { resourceOf } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { factorOf } from './limits';

/** The fields of each resource: its promise and its ceiling, or the capacity of a pool. */
export function LimitFields({ rows, isPool }: { rows: QuotaNodeRow[]; isPool: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const unitOf = (resource: string) => {
    switch (resourceOf(resource).base) {
      case 'cpuMillis':
        return t('quota.limit.vcpu');
      case 'memoryBytes':
      case 'storageBytes':
        return t('quota.limit.gib');
      case 'hosts':
        return t('quota.limit.hosts');
      default:
        return t('quota.limit.count');
    }
  };
  return (
    <div className="limit-fields">
      <span className="faint">{t('quota.resource')}</span>
      <span className="faint">{isPool ? '' : t('quota.guaranteed')}</span>
      <span className="faint">{isPool ? t('outlook.capacity') : t('quota.ceiling')}</span>
      <span className="faint">{t('quota.limit.least')}</span>
      {rows.map((row, index) => {
        const name = format.resource(row.resource);
        const most = Math.floor(Number.MAX_SAFE_INTEGER / factorOf(row.resource));
        return [
          <span key={`${row.resource}/name`}>{name}</span>,
          isPool ? (
            <span key={`${row.resource}/guaranteed`} />
          ) : (
            <Form.Item
              key={`${row.resource}/guaranteed`}
              name={['limits', index, 'guaranteed']}
              rules={[{ type: 'number', min: 0, max: most, message: t('quota.limit.range') }]}
            >
              <InputNumber
                aria-label={t('quota.limit.guaranteedOf', { resource: name })}
                suffix={unitOf(row.resource)}
                style={{ width: '100%' }}
              />
            </Form.Item>
          ),
          <Form.Item
            key={`${row.resource}/ceiling`}
            name={['limits', index, 'ceiling']}
            dependencies={[['limits', index, 'guaranteed']]}
            rules={[
              { type: 'number', min: 0, max: most, message: t('quota.limit.range') },
              ({ getFieldValue }) => ({
                validator: (_, value: number | null | undefined) => {
                  const promised = getFieldValue(['limits', index, 'guaranteed']) as
                    number | null | undefined;
                  if (isPool) {
                    return value === null || value === undefined
                      ? Promise.reject(new Error(t('quota.limit.range')))
                      : Promise.resolve();
                  }
                  return value === null || value === undefined || value >= (promised ?? 0)
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('quota.limit.underGuaranteed')));
                },
              }),
            ]}
          >
            <InputNumber
              aria-label={t('quota.limit.ceilingOf', { resource: name })}
              suffix={unitOf(row.resource)}
              placeholder={t('quota.noCeiling')}
              style={{ width: '100%' }}
            />
          </Form.Item>,
          <span key={`${row.resource}/least`} className="nowrap number">
            {format.exact(row.resource, row.handedOut)}
          </span>,
        ];
      })}
    </div>
  );
}
