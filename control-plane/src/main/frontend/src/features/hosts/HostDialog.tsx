import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { Host, HostCommandKind } from '@/shared/api/hosts';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';

import { useProblemText } from '@/shared/ui/useProblemText';
import { useTell } from '@/shared/ui/useTell';

const GIB = 2 ** 30;
const DANGEROUS: HostCommandKind[] = ['REBUILD', 'RECYCLE', 'DESTROY'];

interface Values {
  vcpu?: number | undefined;
  memoryGib?: number | undefined;
  diskGib?: number | undefined;
  storageClass?: string | undefined;
  reason?: string | undefined;
  name?: string | undefined;
}

/** Asks before anything is done, and for the host's name by hand where something is lost. */
export function HostDialog({
  host,
  kind,
  onClose,
}: {
  host: Host;
  kind: HostCommandKind;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => uuid());
  const say = useMutation({
    mutationFn: (values: Omit<Values, 'name'>) =>
      api<Host>(
        kind === 'DESTROY'
          ? `/hosts/${host.id}/destructions/${id}`
          : `/hosts/${host.id}/commands/${id}`,
        {
          method: 'PUT',
          json: kind === 'DESTROY' ? values : { kind, ...values },
          version: host.version,
        },
      ),
    onSuccess: async (changed) => {
      queries.setQueryData(['/hosts', 'one', host.id], changed);
      tell.done(t(`host.command.${kind}.done`, { name: host.name }));
      onClose();
      await queries.invalidateQueries({ queryKey: ['/hosts'] });
    },
    onError: async (error) => {
      if (isProblem(error) && error.status === 412) {
        tell.warn(t('host.reloaded'));
        onClose();
        await queries.invalidateQueries({ queryKey: ['/hosts'] });
      }
    },
  });
  // Whoever may give it a disk without an application may make it larger without one.
  const enlarges = host.commands.includes('ADD_DISK');
  const asksReason = kind === 'RECYCLE' || kind === 'DESTROY';
  return (
    <Modal
      open
      title={t(`host.command.${kind}.title`, { name: host.name })}
      okText={t(`host.command.${kind}.open`)}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: DANGEROUS.includes(kind) }}
      confirmLoading={say.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p>{t(kind === 'RESIZE' && !enlarges ? 'host.onlySmaller' : `host.command.${kind}.text`)}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          kind === 'RESIZE'
            ? { vcpu: host.vcpu, memoryGib: host.memoryBytes / GIB }
            : kind === 'ADD_DISK'
              ? { diskGib: 100, storageClass: host.storageClass }
              : {}
        }
        onFinish={({ vcpu, memoryGib, diskGib, storageClass, reason }) =>
          say.mutate({ vcpu, memoryGib, diskGib, storageClass, reason })
        }
      >
        {kind === 'RESIZE' && (
          <>
            <Figure name="vcpu" text="host.vcpu" max={enlarges ? 128 : host.vcpu} />
            <Figure
              name="memoryGib"
              text="host.memory"
              max={enlarges ? 1024 : Math.ceil(host.memoryBytes / GIB)}
            />
          </>
        )}
        {kind === 'ADD_DISK' && (
          <>
            <Figure name="diskGib" text="host.disk" max={32_768} />
            <Form.Item name="storageClass" label={t('host.storageClass')}>
              <Select
                options={(['ssd', 'hdd'] as const).map((one) => ({
                  value: one,
                  label: t(`storageClass.${one}`),
                }))}
              />
            </Form.Item>
          </>
        )}
        {asksReason && (
          <Form.Item
            name="reason"
            label={t('host.reasonLabel')}
            rules={[{ required: true, whitespace: true, message: t('host.reasonRequired') }]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        )}
        {DANGEROUS.includes(kind) && (
          <Form.Item
            name="name"
            label={t('host.confirmName', { name: host.name })}
            rules={[
              {
                validator: (_, typed: string | undefined) =>
                  typed?.trim() === host.name
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('host.confirmWrong'))),
              },
            ]}
          >
            <Input autoComplete="off" />
          </Form.Item>
        )}
      </Form>
      {say.error && (
        <Alert
          type="error"
          showIcon
          title={textOf(say.error).title}
          description={textOf(say.error).detail}
        />
      )}
    </Modal>
  );
}

function Figure({
  name,
  text,
  max,
}: {
  name: 'vcpu' | 'memoryGib' | 'diskGib';
  text: 'host.vcpu' | 'host.memory' | 'host.disk';
  max: number;
}) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={name}
      label={t(text)}
      rules={[
        {
          required: true,
          type: 'integer',
          min: 1,
          max,
          message: t('apply.range', { min: 1, max }),
        },
      ]}
    >
      <InputNumber precision={0} style={{ width: 160 }} />
    </Form.Item>
  );
}
