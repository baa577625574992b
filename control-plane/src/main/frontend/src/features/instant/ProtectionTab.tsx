import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import type { ProtectionPeriod } from '@/shared/api/instant';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { useTell } from '@/shared/ui/useTell';

/** Times in which everything goes to people. */
export function ProtectionTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const [adding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: ['/protection-periods'],
    queryFn: ({ signal }) => api<{ items: ProtectionPeriod[] }>('/protection-periods', { signal }),
  });
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
            ]}
          />
        )}
      </Loaded>
      {adding && <DeclareDialog close={() => setAdding(false)} />}
    </div>
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
