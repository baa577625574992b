import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { PolicyNumbers, PolicyVersion } from '@/shared/api/ranking';
import { useProblemText } from '@/shared/ui/useProblemText';
import { useTell } from '@/shared/ui/useTell';

interface Values extends PolicyNumbers {
  id: string;
  effectiveFrom: string;
  basis: string;
}

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
  const tell = useTell();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const propose = useMutation({
    mutationFn: ({ id, ...body }: Values) =>
      api<PolicyVersion>(`/ranking-policies/${encodeURIComponent(id.trim())}`, {
        method: 'PUT',
        json: body,
      }),
    onSuccess: async () => {
      tell.done(t('policy.proposed'));
      onClose();
      await queries.invalidateQueries();
    },
  });
  const required = [{ required: true, message: t('policy.required') }];
  const { cpu, memory, disk, weights, excess, grades, evidence, idle } = start;
  return (
    <Modal
      open
      width={720}
      title={t('policy.propose')}
      okText={t('policy.propose')}
      cancelText={t('common.cancel')}
      confirmLoading={propose.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ cpu, memory, disk, weights, excess, grades, evidence, idle }}
        onFinish={(values) => propose.mutate(values)}
      >
        <Form.Item name="id" label={t('policy.id')} extra={t('policy.idHint')} rules={required}>
          <Input maxLength={63} />
        </Form.Item>
        <Form.Item name="effectiveFrom" label={t('policy.effectiveFrom')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="basis" label={t('policy.basis')} rules={required}>
          <Input.TextArea rows={2} maxLength={500} showCount />
        </Form.Item>
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
      </Form>
      {propose.error && (
        <Alert
          type="error"
          showIcon
          title={textOf(propose.error).title}
          description={textOf(propose.error).detail}
        />
      )}
    </Modal>
  );
}
