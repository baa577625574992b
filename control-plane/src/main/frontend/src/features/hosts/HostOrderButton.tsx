import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Dropdown, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import type { Application } from '@/shared/api/applications';
import type { Host } from '@/shared/api/hosts';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import { useProblemText } from '@/shared/ui/useProblemText';
import { MoveFields } from './MoveFields';

const KINDS = ['RESIZE', 'RENEWAL', 'MOVE', 'RETURN'] as const;
type Kind = (typeof KINDS)[number];

const GIB = 2 ** 30;
/** As the server counts: an application needs a term even where only a host is given back. */
const TERM = 12;

interface Wanted {
  vcpu: number;
  memoryGib: number;
  months: number;
  pool?: string;
  image?: string;
  purpose: string;
}

/** Applies for another size, a longer term, another pool or the return of one host. */
export function HostOrderButton({ host }: { host: Host }) {
  const { t } = useTranslation();
  const may = useMay();
  const [kind, setKind] = useState<Kind | null>(null);
  const orderable = host.life === 'IN_USE' || host.life === 'STOPPED';
  if (!may('APPLICATION_SUBMIT') || !orderable) {
    return null;
  }
  return (
    <>
      <Dropdown
        menu={{
          items: KINDS.map((each) => ({ key: each, label: t(`application.itemKind.${each}`) })),
          onClick: ({ key }) => setKind(key as Kind),
        }}
      >
        <Button>{t('host.apply')}</Button>
      </Dropdown>
      {kind && <HostOrderDialog key={kind} kind={kind} host={host} onClose={() => setKind(null)} />}
    </>
  );
}

function HostOrderDialog({ kind, host, onClose }: { kind: Kind; host: Host; onClose: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<Wanted>();
  // Once for the dialog: sent twice, it is one application.
  const [id] = useState(() => uuid());
  const submit = useMutation({
    mutationFn: (wanted: Wanted) =>
      api<Application>(`/applications/${id}`, {
        method: 'PUT',
        json: {
          system: host.system.id,
          pool: wanted.pool ?? host.pool,
          purpose: wanted.purpose,
          termMonths: kind === 'RENEWAL' ? wanted.months : TERM,
          items: [item(kind, host, wanted)],
        },
      }),
    onSuccess: async (application) => {
      await queries.invalidateQueries({ queryKey: ['/applications'] });
      void navigate(`/applications/${application.id}`);
    },
  });
  return (
    <Modal
      open
      title={t('host.applyTitle', { kind: t(`application.itemKind.${kind}`), name: host.name })}
      okText={t('apply.submit')}
      cancelText={t('common.cancel')}
      confirmLoading={submit.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {submit.error && (
        <Alert
          type="error"
          showIcon
          title={problemText(submit.error).title}
          description={problemText(submit.error).detail}
          style={{ marginBottom: 16 }}
        />
      )}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ vcpu: host.vcpu, memoryGib: host.memoryBytes / GIB, months: TERM }}
        onFinish={(wanted) => submit.mutate(wanted)}
      >
        {kind === 'RESIZE' && (
          <>
            <Form.Item name="vcpu" label={t('apply.vcpu')} rules={[{ required: true }]}>
              <InputNumber min={1} max={128} precision={0} />
            </Form.Item>
            <Form.Item name="memoryGib" label={t('apply.memory')} rules={[{ required: true }]}>
              <InputNumber min={1} max={1024} precision={0} />
            </Form.Item>
          </>
        )}
        {kind === 'RENEWAL' && (
          <Form.Item name="months" label={t('host.renewBy')} rules={[{ required: true }]}>
            <InputNumber min={1} max={60} precision={0} />
          </Form.Item>
        )}
        {kind === 'MOVE' && <MoveFields host={host} />}
        <Form.Item
          name="purpose"
          label={t('apply.purpose')}
          rules={[{ required: true, whitespace: true, message: t('apply.purposeRequired') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function item(kind: Kind, host: Host, wanted: Wanted) {
  switch (kind) {
    case 'RESIZE':
      return { kind, host: host.id, vcpu: wanted.vcpu, memoryGib: wanted.memoryGib };
    case 'RENEWAL':
      return { kind, host: host.id, months: wanted.months };
    case 'MOVE':
      return { kind, host: host.id, image: wanted.image };
    case 'RETURN':
      return { kind, host: host.id };
  }
}
