import { Button, Form, Input, InputNumber, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useImages } from '@/shared/api/catalogue';
import type { HostImage } from '@/shared/api/hosts';
import { Loaded } from '@/shared/ui/Loaded';
import { CatalogueDialog, RetireButton } from './CatalogueDialog';

const FAMILIES = ['LINUX', 'WINDOWS'] as const;
const SOURCES = ['REGISTRY', 'HTTP', 'CONTAINER_DISK'] as const;

export function ImagesTab() {
  const { t } = useTranslation();
  const images = useImages();
  const [edited, setEdited] = useState<HostImage | 'NEW' | null>(null);
  return (
    <>
      <div className="filters">
        <Button type="primary" onClick={() => setEdited('NEW')}>
          {t('catalogue.add')}
        </Button>
      </div>
      <Loaded query={images}>
        {({ items }) => (
          <Table<HostImage>
            aria-label={t('catalogue.images')}
            size="middle"
            rowKey={({ ref }) => ref.code}
            pagination={false}
            scroll={{ x: 900 }}
            dataSource={items}
            columns={[
              {
                key: 'code',
                title: t('catalogue.code'),
                render: (_, { ref }) => <span className="code">{ref.code}</span>,
              },
              {
                key: 'name',
                title: t('catalogue.name'),
                render: (_, { name, os }) => (
                  <>
                    {name}
                    <div className="faint">{os}</div>
                  </>
                ),
              },
              {
                key: 'source',
                title: t('catalogue.source'),
                render: (_, { source, location }) => (
                  <>
                    {t(`catalogue.sources.${source}`)}
                    <div className="faint code">{location}</div>
                  </>
                ),
              },
              {
                key: 'disk',
                title: t('catalogue.minimumDisk'),
                dataIndex: 'minimumDiskGib',
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
                render: (_, image) => (
                  <span className="nowrap">
                    <Button type="link" onClick={() => setEdited(image)}>
                      {t('catalogue.edit')}
                    </Button>
                    <RetireButton kind="images" code={image.ref.code} entry={bodyOf(image)} />
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {edited && (
        <CatalogueDialog
          kind="images"
          title={t('catalogue.imageTitle')}
          code={edited === 'NEW' ? null : edited.ref.code}
          start={
            edited === 'NEW'
              ? { version: 0, family: 'LINUX', source: 'REGISTRY', minimumDiskGib: 20 }
              : bodyOf(edited)
          }
          onClose={() => setEdited(null)}
        >
          <Form.Item
            name="name"
            label={t('catalogue.name')}
            rules={[{ required: true, whitespace: true, message: t('catalogue.required') }]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item
            name="os"
            label={t('catalogue.os')}
            rules={[{ required: true, whitespace: true, message: t('catalogue.required') }]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="family" label={t('catalogue.family')}>
            <Select
              options={FAMILIES.map((value) => ({
                value,
                label: t(`catalogue.families.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="source" label={t('catalogue.source')}>
            <Select
              options={SOURCES.map((value) => ({ value, label: t(`catalogue.sources.${value}`) }))}
            />
          </Form.Item>
          <Form.Item
            name="location"
            label={t('catalogue.location')}
            rules={[{ required: true, whitespace: true, message: t('catalogue.required') }]}
          >
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="minimumDiskGib" label={t('catalogue.minimumDisk')}>
            <InputNumber precision={0} min={1} max={32_768} />
          </Form.Item>
        </CatalogueDialog>
      )}
    </>
  );
}

function bodyOf({ ref, ...image }: HostImage) {
  return { version: ref.version, ...image };
}
