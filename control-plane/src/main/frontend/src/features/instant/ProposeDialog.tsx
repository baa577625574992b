import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Modal, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import type { InstantRule, InstantRules, Predicate } from '@/shared/api/instant';
import { fieldPath, isProblem } from '@/shared/api/problem';
import { useTell } from '@/shared/ui/useTell';

interface Proposal {
  predicates: Predicate[];
  vcpu: number;
  memoryGib: number;
  storageGib: number;
  auditPercent: number;
  basis: string;
}

/** What a bureau may begin with; nothing of it is in force before two people want it. */
const STARTING: Proposal = {
  predicates: [
    { name: 'small', expression: 'order.vcpu <= limit.vcpu && order.hosts <= 2' },
    { name: 'registered', expression: 'system.registered && system.filed' },
    { name: 'zone', expression: "pool.zone == 'extranet'" },
    { name: 'quota', expression: 'unit.left_vcpu >= 0 && pool.left_vcpu >= 0' },
    { name: 'used_well', expression: 'unit.ranked && unit.score >= 60.0' },
    { name: 'no_reclaim', expression: '!unit.reclaim_overdue' },
  ],
  vcpu: 4,
  memoryGib: 16,
  storageGib: 200,
  auditPercent: 5,
  basis: '',
};

/** Writes a version, beginning with the latest. */
export function ProposeDialog({
  latest,
  facts,
  close,
  proposed,
}: {
  latest: InstantRule | undefined;
  facts: InstantRules['facts'];
  close: () => void;
  proposed: (id: string) => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Proposal>();
  const [id] = useState(() => uuid());
  const [now] = useState(() => new Date().toISOString());

  const send = useMutation({
    mutationFn: ({ validateOnly, ...says }: Proposal & { validateOnly: boolean }) =>
      api<InstantRule>(`/instant-rules/${id}`, {
        method: 'PUT',
        query: { validateOnly },
        json: { ...says, effectiveFrom: now },
      }),
    onSuccess: async (rule, { validateOnly }) => {
      if (validateOnly) {
        tell.done(t('instant.fit'));
      } else {
        await queries.invalidateQueries({ queryKey: ['/instant-rules'] });
        proposed(rule.id);
        close();
      }
    },
    onError: (error) => {
      const faults = isProblem(error, 'INVALID') ? (error.document.errors ?? []) : [];
      if (faults.length === 0) {
        tell.failed(error);
      }
      form.setFields(
        faults.map(({ pointer, detail }) => ({
          name: fieldPath(pointer) as never,
          errors: [detail],
        })),
      );
    },
  });
  const start = (validateOnly: boolean) =>
    form.validateFields().then(
      (says) => send.mutate({ ...says, validateOnly }),
      () => undefined,
    );

  return (
    <Modal
      open
      width={860}
      title={t('instant.propose')}
      onCancel={close}
      footer={[
        <Button key="check" onClick={() => void start(true)} loading={send.isPending}>
          {t('instant.check')}
        </Button>,
        <Button
          key="propose"
          type="primary"
          onClick={() => void start(false)}
          loading={send.isPending}
        >
          {t('instant.propose')}
        </Button>,
      ]}
    >
      <Form form={form} layout="vertical" initialValues={latest ?? STARTING}>
        <Form.Item name="basis" label={t('instant.basis')} required rules={[{ required: true }]}>
          <Input maxLength={200} placeholder={t('instant.basisHint')} />
        </Form.Item>
        <Space wrap>
          {(['vcpu', 'memoryGib', 'storageGib', 'auditPercent'] as const).map((name) => (
            <Form.Item
              key={name}
              name={name}
              label={t(`instant.field.${name}`)}
              rules={[{ required: true }]}
            >
              <InputNumber min={0} max={name === 'auditPercent' ? 100 : 1_000_000} precision={0} />
            </Form.Item>
          ))}
        </Space>
        <Form.List name="predicates">
          {(rows, { add, remove }) => (
            <>
              {rows.map((row) => (
                <div key={row.key} style={{ display: 'flex', gap: 8 }}>
                  <Form.Item name={[row.name, 'name']} style={{ width: 180 }}>
                    <Input aria-label={t('instant.name')} maxLength={40} className="code" />
                  </Form.Item>
                  <Form.Item name={[row.name, 'expression']} style={{ flex: 1 }}>
                    <Input.TextArea
                      aria-label={t('instant.expression')}
                      autoSize
                      maxLength={1000}
                      className="code"
                    />
                  </Form.Item>
                  <Button
                    icon={<DeleteOutlined />}
                    aria-label={t('instant.remove')}
                    onClick={() => remove(row.name)}
                  />
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({ name: '', expression: '' })}>
                {t('instant.add')}
              </Button>
            </>
          )}
        </Form.List>
        <p className="faint" style={{ marginTop: 16 }}>
          {t('instant.factsHint')}
        </p>
        <div>
          {facts.map(({ name, type }) => (
            <Tag key={name} className="code" title={t(`instant.type.${type}`)}>
              {name}
            </Tag>
          ))}
          {['limit.vcpu', 'limit.memory_gib', 'limit.storage_gib'].map((name) => (
            <Tag key={name} className="code" color="blue">
              {name}
            </Tag>
          ))}
        </div>
      </Form>
    </Modal>
  );
}
