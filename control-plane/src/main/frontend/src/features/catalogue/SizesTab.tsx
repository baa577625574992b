import { Button, Form, Input, InputNumber, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSizes } from '@/shared/api/catalogue';
import type { HostSize } from '@/shared/api/hosts';
import { Loaded } from '@/shared/ui/Loaded';
import { CatalogueDialog, RetireButton } from './CatalogueDialog';

export function SizesTab() {
  const { t } = useTranslation();
  const sizes = useSizes();
  const [edited, setEdited] = useState<HostSize | 'NEW' | null>(null);
  return (
    <>
      <div className="filters">
        <Button type="primary" onClick={() => setEdited('NEW')}>
          {t('catalogue.add')}
        </Button>
      </div>
      <Loaded query={sizes}>
        {({ items }) => (
          <Table<HostSize>
            aria-label={t('catalogue.sizes')}
            size="middle"
            rowKey={({ ref }) => ref.code}
            pagination={false}
            scroll={{ x: 860 }}
            dataSource={items}
            columns={[
              {
                key: 'code',
                title: t('catalogue.code'),
                render: (_, { ref }) => <span className="code">{ref.code}</span>,
              },
              { key: 'name', title: t('catalogue.name'), dataIndex: 'name' },
              { key: 'vcpu', title: t('catalogue.vcpu'), dataIndex: 'vcpu' },
              { key: 'memory', title: t('catalogue.memory'), dataIndex: 'memoryGib' },
              {
                key: 'gpus',
                title: t('catalogue.gpus'),
                render: (_, { gpus }) =>
                  gpus ? `${gpus.model} × ${gpus.count}` : t('common.none'),
              },
              {
                key: 'processor',
                title: t('catalogue.processor'),
                render: (_, { processor }) =>
                  processor === 'domestic' || processor === 'ordinary'
                    ? t(`processor.${processor}`)
                    : t('catalogue.anyProcessor'),
              },
              {
                key: 'version',
                title: t('catalogue.version'),
                render: (_, { ref }) => ref.version,
              },
              {
                key: 'state',
                title: t('catalogue.stateLabel'),
                render: (_, { retired }) => (
                  <Tag color={retired ? 'default' : 'green'}>
                    {retired ? t('catalogue.retired') : t('catalogue.offered')}
                  </Tag>
                ),
              },
              {
                key: 'do',
                title: '',
                render: (_, size) => (
                  <span className="nowrap">
                    <Button type="link" onClick={() => setEdited(size)}>
                      {t('catalogue.edit')}
                    </Button>
                    <RetireButton kind="sizes" code={size.ref.code} entry={bodyOf(size)} />
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {edited && (
        <CatalogueDialog
          kind="sizes"
          title={t('catalogue.sizeTitle')}
          code={edited === 'NEW' ? null : edited.ref.code}
          start={edited === 'NEW' ? { version: 0, vcpu: 4, memoryGib: 8 } : bodyOf(edited)}
          onClose={() => setEdited(null)}
        >
          <Form.Item
            name="name"
            label={t('catalogue.name')}
            rules={[{ required: true, whitespace: true, message: t('catalogue.required') }]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="vcpu" label={t('catalogue.vcpu')}>
            <InputNumber precision={0} min={1} max={128} />
          </Form.Item>
          <Form.Item name="memoryGib" label={t('catalogue.memory')}>
            <InputNumber precision={0} min={1} max={1024} />
          </Form.Item>
          <Form.Item name="gpuModel" label={t('catalogue.gpuModel')}>
            <Input maxLength={32} />
          </Form.Item>
          <Form.Item name="gpus" label={t('catalogue.gpus')}>
            <InputNumber precision={0} min={0} max={16} />
          </Form.Item>
          <Form.Item name="processor" label={t('catalogue.processor')}>
            <Select
              allowClear
              placeholder={t('catalogue.anyProcessor')}
              options={(['domestic', 'ordinary'] as const).map((value) => ({
                value,
                label: t(`processor.${value}`),
              }))}
            />
          </Form.Item>
        </CatalogueDialog>
      )}
    </>
  );
}

function bodyOf({ ref, gpus, processor, ...size }: HostSize) {
  return {
    version: ref.version,
    name: size.name,
    vcpu: size.vcpu,
    memoryGib: size.memoryGib,
    retired: size.retired,
    ...(gpus && { gpuModel: gpus.model, gpus: gpus.count }),
    ...(processor && { processor }),
  };
}
