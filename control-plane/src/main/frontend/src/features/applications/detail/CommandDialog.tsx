import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Command } from '@/shared/api/types';

const WORDS = {
  APPROVE: { title: 'command.approveTitle', text: 'command.approveText' },
  REJECT: { title: 'command.rejectTitle', text: 'command.rejectText' },
  WITHDRAW: { title: 'command.withdrawTitle', text: 'command.withdrawText' },
  CONFIRM: { title: 'command.confirmTitle', text: 'command.confirmText' },
} as const satisfies Record<Command, { title: string; text: string }>;

const LONGEST = 500;

/** Asks before a command is sent: an approval takes a remark, a rejection needs a reason. */
export function CommandDialog({
  command,
  number,
  busy,
  onCancel,
  onConfirm,
}: {
  command: Command;
  number: string;
  busy: boolean;
  onCancel: () => void;
  onConfirm: (body: Record<string, string>) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Record<'note' | 'reason', string>>();
  const words = WORDS[command];
  return (
    <Modal
      open
      title={t(words.title, { number })}
      okText={t(`command.${command}`)}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: command === 'REJECT' }}
      confirmLoading={busy}
      onCancel={onCancel}
      onOk={() => form.submit()}
    >
      <p>{t(words.text)}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => onConfirm(clean(values))}
      >
        {command === 'APPROVE' && (
          <Form.Item name="note" label={t('command.approveNote')}>
            <Input.TextArea rows={3} maxLength={LONGEST} showCount />
          </Form.Item>
        )}
        {command === 'REJECT' && (
          <Form.Item
            name="reason"
            label={t('command.rejectReason')}
            rules={[
              { required: true, whitespace: true, message: t('command.rejectReasonRequired') },
            ]}
          >
            <Input.TextArea rows={3} maxLength={LONGEST} showCount />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

function clean(values: Partial<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()]] : [])),
  );
}
