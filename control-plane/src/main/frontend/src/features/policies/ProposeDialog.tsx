import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PolicyNumbers, PolicyVersion } from '@/shared/api/ranking';
import { type ProposedVersion, ProposeVersionDialog } from '@/shared/ui/ProposeVersionDialog';

type Values = PolicyNumbers & ProposedVersion;

/** Which numbers there are, group by group. */
const NUMBERS = {
  cpu: ['low', 'high'],
  memory: ['low', 'high'],
  disk: ['low', 'high'],
  weights: ['cpu', 'memory', 'disk', 'idle'],
  excess: ['slope', 'floor'],
  grades: ['a', 'b', 'c'],
  evidence: ['validSamples', 'coverage', 'confirmedDays', 'leastHosts', 'leastVcpu'],
  idle: ['cpu', 'cpuP95', 'cpuPeak', 'memory'],
} as const;

/** A new version; it begins with the numbers of the newest. */
export function ProposeDialog({ start, onClose }: { start: PolicyVersion; onClose: () => void }) {
  const { t } = useTranslation();
  const words = {
    propose: t('policy.propose'),
    proposed: t('policy.proposed'),
    id: t('policy.id'),
    idHint: t('policy.idHint'),
    effectiveFrom: t('policy.effectiveFrom'),
    basis: t('policy.basis'),
    required: t('policy.required'),
  };
  const required = [{ required: true, message: words.required }];
  const { cpu, memory, disk, weights, excess, grades, evidence, idle } = start;
  return (
    <ProposeVersionDialog<Values>
      words={words}
      path="/ranking-policies"
      width={720}
      initialValues={{ cpu, memory, disk, weights, excess, grades, evidence, idle }}
      onClose={onClose}
    >
      {(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).map((group) => (
        <Form.Item key={group} label={t(`policy.group.${group}`)} style={{ marginBottom: 8 }}>
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
            {NUMBERS[group].map((name) => (
              <Form.Item key={name} name={[group, name]} noStyle rules={required}>
                <InputNumber
                  aria-label={`${t(`policy.group.${group}`)} ${t(`policy.number.${name}`)}`}
                  prefix={<span className="faint">{t(`policy.number.${name}`)}</span>}
                  min={0}
                  precision={group === 'evidence' && name !== 'coverage' ? 0 : 2}
                  style={{ width: 200 }}
                />
              </Form.Item>
            ))}
          </div>
        </Form.Item>
      ))}
    </ProposeVersionDialog>
  );
}
