import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import type { ProtectionPeriod } from '@/shared/api/instant';
import { useMay, useMe, useProtectionPeriods } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { useTell } from '@/shared/ui/useTell';

/** Times in which everything goes to people. */
export function ProtectionTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<ProtectionPeriod | null>(null);
  const may = useMay();
  const me = useMe();
  const query = useProtectionPeriods();
  return (
    <div className="stack">
      <p className="faint">{t('instant.protectionNote')}</p>
      <div>
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('instant.declare')}
        </Button>
      </div>
      <Loaded query={query}>
        {({ items }) => (
          <Table
            aria-label={t('instant.protection')}
            size="middle"
            rowKey="id"
            pagination={false}
            dataSource={items}
            columns={[
              { key: 'name', title: t('instant.periodName'), render: (_, { name }) => name },
              {
                key: 'from',
                title: t('instant.begins'),
                render: (_, one) => format.time(one.from),
              },
              {
                key: 'until',
                title: t('instant.ends'),
                render: (_, one) => format.time(one.until),
              },
              { key: 'basis', title: t('instant.basis'), render: (_, { basis }) => basis },
              {
                key: 'declaredBy',
                title: t('instant.declaredBy'),
                render: (_, { declaredBy }) => declaredBy.name,
              },
              {
                key: 'standing',
                title: t('instant.standing'),
                render: (_, one) => <Standing of={one} />,
              },
              {
                key: 'do',
                width: 110,
                render: (_, one) =>
                  one.standing !== 'OVER' &&
                  may('INSTANT_RULE_APPROVE') &&
                  one.declaredBy.id !== me.data?.id && (
                    <Button size="small" onClick={() => setEnding(one)}>
                      {t('instant.end')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {adding && <DeclareDialog close={() => setAdding(false)} />}
      {ending && <EndDialog of={ending} close={() => setEnding(null)} />}
    </div>
  );
}

const COLOURS: Record<ProtectionPeriod['standing'], string> = {
  AHEAD: 'blue',
  ON: 'orange',
  OVER: 'default',
};

function Standing({ of }: { of: ProtectionPeriod }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Tag color={COLOURS[of.standing]}>{t(`instant.periodStanding.${of.standing}`)}</Tag>
      {of.ended && (
        <div className="faint">
          {t('instant.ended', {
            name: of.ended.by.name,
            at: format.time(of.ended.at),
            reason: of.ended.reason,
          })}
        </div>
      )}
    </>
  );
}

/** Somebody else than who declared it ends it before its time. */
function EndDialog({ of, close }: { of: ProtectionPeriod; close: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: () => api(`/protection-periods/${of.id}/end`, { method: 'POST', json: { reason } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['/protection-periods'] });
      close();
    },
    onError: tell.failed,
  });
  return (
    <Modal
      open
      title={t('instant.endNamed', { name: of.name })}
      onCancel={close}
      onOk={() => send.mutate()}
      okButtonProps={{ disabled: reason.trim() === '', loading: send.isPending }}
    >
      <p>{t('instant.endNote')}</p>
      <Input.TextArea
        aria-label={t('instant.reason')}
        placeholder={t('instant.reason')}
        rows={3}
        maxLength={2000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
    </Modal>
  );
}

interface Wish {
  name: string;
  basis: string;
  /** In the time of Beijing, to the minute. */
  from: string;
  until: string;
}

function DeclareDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Wish>();
  const [id] = useState(() => uuid());
  const send = useMutation({
    mutationFn: ({ from, until, ...rest }: Wish) =>
      api(`/protection-periods/${id}`, {
        method: 'PUT',
        json: { ...rest, from: `${from}:00+08:00`, until: `${until}:00+08:00` },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['/protection-periods'] });
      close();
    },
    onError: tell.failed,
  });
  return (
    <Modal
      open
      title={t('instant.declare')}
      onCancel={close}
      onOk={() => form.submit()}
      okButtonProps={{ loading: send.isPending }}
    >
      <Form form={form} layout="vertical" onFinish={(wish) => send.mutate(wish)}>
        <Form.Item name="name" label={t('instant.periodName')} rules={[{ required: true }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="from" label={t('instant.begins')} rules={[{ required: true }]}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="until" label={t('instant.ends')} rules={[{ required: true }]}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="basis" label={t('instant.basis')} rules={[{ required: true }]}>
          <Input maxLength={200} placeholder={t('instant.basisHint')} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
