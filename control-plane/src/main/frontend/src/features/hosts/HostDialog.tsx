import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { useSizes } from '@/shared/api/catalogue';
import type { Host, HostCommandKind } from '@/shared/api/hosts';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import { useStorageClasses } from '@/shared/api/queries';
import { useKnown } from '@/shared/i18n/useKnown';

import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';

const GIB = 2 ** 30;
/** What has a permission of its own has a path of its own. */
const OWN_PATH: Partial<Record<HostCommandKind, string>> = {
  PROPOSE_DESTRUCTION: 'destruction-proposals',
  DESTROY: 'destructions',
};
const DANGEROUS: HostCommandKind[] = ['REBUILD', 'RECYCLE', 'PROPOSE_DESTRUCTION', 'DESTROY'];

interface Values {
  size?: string | undefined;
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
  const queries = useQueryClient();
  const known = useKnown();
  const classes = useStorageClasses(host.pool);
  const [form] = Form.useForm<Values>();
  const sized = Boolean(Form.useWatch('size', form));
  const [id] = useState(() => uuid());
  const say = useMutation({
    mutationFn: (values: Omit<Values, 'name'>) =>
      api<Host>(`/hosts/${host.id}/${OWN_PATH[kind] ?? 'commands'}/${id}`, {
        method: 'PUT',
        json: kind in OWN_PATH ? values : { kind, ...values },
        version: host.version,
      }),
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
  const asksReason = kind === 'RECYCLE' || kind in OWN_PATH;
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
            ? { size: host.size?.code, vcpu: host.vcpu, memoryGib: host.memoryBytes / GIB }
            : kind === 'ADD_DISK'
              ? { diskGib: 100, storageClass: host.storageClass }
              : {}
        }
        onFinish={({ size, vcpu, memoryGib, diskGib, storageClass, reason }) =>
          say.mutate({ size, vcpu, memoryGib, diskGib, storageClass, reason })
        }
      >
        {kind === 'RESIZE' && (
          <>
            <SizeField
              host={host}
              enlarges={enlarges}
              onChoose={(size) => form.setFieldsValue(size)}
            />
            <Figure
              name="vcpu"
              text="host.vcpu"
              max={enlarges ? 128 : host.vcpu}
              disabled={sized}
            />
            <Figure
              name="memoryGib"
              text="host.memory"
              max={enlarges ? 1024 : Math.ceil(host.memoryBytes / GIB)}
              disabled={sized}
            />
          </>
        )}
        {kind === 'ADD_DISK' && (
          <>
            <Figure name="diskGib" text="host.disk" max={32_768} />
            <Form.Item name="storageClass" label={t('host.storageClass')}>
              <Select
                options={classes.map((one) => ({
                  value: one,
                  label: known(`storageClass.${one}`, one),
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
      <ProblemAlert error={say.error} />
    </Modal>
  );
}

/** A size of the catalogue that fits the host fills in its processors and memory. */
function SizeField({
  host,
  enlarges,
  onChoose,
}: {
  host: Host;
  enlarges: boolean;
  onChoose: (size: Values) => void;
}) {
  const { t } = useTranslation();
  const sizes =
    useSizes().data?.items.filter(
      ({ retired, gpus, processor, vcpu, memoryGib }) =>
        !retired &&
        (enlarges || (vcpu <= host.vcpu && memoryGib * GIB <= host.memoryBytes)) &&
        gpus?.model === host.gpus?.model &&
        gpus?.count === host.gpus?.count &&
        (processor === null || host.pool.endsWith(`-${processor}`)),
    ) ?? [];
  if (sizes.length === 0) {
    return null;
  }
  return (
    <Form.Item name="size" label={t('host.size')}>
      <Select
        allowClear
        placeholder={t('apply.ownSize')}
        onChange={(code: string | undefined) => {
          const size = sizes.find(({ ref }) => ref.code === code);
          if (size) {
            onChoose({ vcpu: size.vcpu, memoryGib: size.memoryGib });
          }
        }}
        options={sizes.map(({ ref, name }) => ({ value: ref.code, label: name }))}
      />
    </Form.Item>
  );
}

function Figure({
  name,
  text,
  max,
  disabled = false,
}: {
  disabled?: boolean;
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
      <InputNumber precision={0} disabled={disabled} style={{ width: 160 }} />
    </Form.Item>
  );
}
